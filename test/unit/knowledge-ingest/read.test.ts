import { describe, expect, it } from 'vitest';
import { keepLines } from '../../../knowledge/ingest/keep-lines.ts';
import { readPdf } from '../../../knowledge/ingest/read-pdf.ts';
import { readText } from '../../../knowledge/ingest/read-text.ts';
import { clean } from '../../../src/safety/index.ts';
import { makePdf } from '../../fixtures/make-pdf.ts';

describe('reading bytes as text', () => {
  it.each([
    ['UTF-8 with a mark', Buffer.from('\ufeffgrün\r\nrot\r', 'utf8'), 'grün\nrot\n'],
    ['UTF-16', Buffer.from('\ufeffgrün', 'utf16le'), 'grün'],
    ['Windows-1252', Buffer.from([0x67, 0x72, 0xfc, 0x6e]), 'grün'],
  ])('takes %s', (_name, bytes, text) => {
    expect(readText(bytes)).toBe(text);
  });

  it.each([
    ['a program', Buffer.from('\x7fELF\x02\x01\x01\0\0\0\0')],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13])],
    ['noise', Buffer.from(Array.from({ length: 400 }, (_, i) => (i * 7) % 256 || 1))],
  ])('refuses %s', (_name, bytes) => {
    expect(() => readText(bytes)).toThrow('it is not text');
  });
});

describe('reading a PDF', () => {
  it('takes the text of each page', async () => {
    const { pages } = await readPdf(
      makePdf([['Promote the replica.'], ['Then tell', 'the team.']]),
    );
    expect(pages).toEqual(['Promote the replica.', 'Then tell\nthe team.']);
  });

  it.each([
    ['one that was cut off', makePdf([['x']]).subarray(0, 200)],
    ['something else', Buffer.from('%PDF-1.4\nhello')],
  ])('names %s as broken', async (_name, bytes) => {
    await expect(readPdf(bytes)).rejects.toThrow('it is broken, or no PDF at all');
  });
});

describe('the lines of a text without its secrets', () => {
  it('stay those of the source', () => {
    const key = [
      '-----BEGIN RSA PRIVATE KEY-----',
      ...Array.from(
        { length: 12 },
        (_, i) => `MIIEpAIBAAKCAQEA${i}u1SU1LfVLPHCozMxH2Mo4lgOEePzNm0tRgeLezV6ffAt0g`,
      ),
      '-----END RSA PRIVATE KEY-----',
    ].join('\n');
    const source = `one\n\n${key}\n\nlast line with ada@example.com in it\nend\n`;
    const cleaned = clean(source);
    const kept = keepLines(source, cleaned);
    expect(cleaned.split('\n').length).toBeLessThan(source.split('\n').length);
    expect(kept.split('\n')).toHaveLength(source.split('\n').length);
    expect(kept.split('\n').indexOf('end')).toBe(source.split('\n').indexOf('end'));
    expect(kept).not.toContain('MIIE');
  });
});
