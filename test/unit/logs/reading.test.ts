import { Readable } from 'node:stream';
import * as zlib from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createLogAnalysis, readLog } from '../../../src/logs/index.ts';
import { createLineCutter, LONGEST_LINE } from '../../../src/logs/reading/lines.ts';

function linesOf(...chunks: (string | Uint8Array)[]): { line: string; cut: boolean }[] {
  const lines: { line: string; cut: boolean }[] = [];
  const cutter = createLineCutter((line, cut) => lines.push({ line, cut }));
  for (const chunk of chunks) cutter.write(Buffer.from(chunk));
  cutter.end();
  return lines;
}

const plain = (...chunks: (string | Uint8Array)[]) => linesOf(...chunks).map(({ line }) => line);

async function countLines(bytes: Uint8Array): Promise<number> {
  const analysis = createLogAnalysis({ assumedYear: 2024 });
  await readLog(Readable.from([bytes.subarray(0, 3), bytes.subarray(3)]), analysis);
  return analysis.finish().current.lines;
}

describe('lines', () => {
  it('end with LF or CRLF, the last one also without', () => {
    expect(plain('one\r\ntwo\n\nfour')).toEqual(['one', 'two', '', 'four']);
    expect(plain('one\n')).toEqual(['one']);
    expect(plain('')).toEqual([]);
  });

  it('survive being cut anywhere, also inside a letter', () => {
    const bytes = Buffer.from('größe\r\nzwölf 🙂\n');
    const chunks = [...bytes].map((byte) => Uint8Array.of(byte));
    expect(plain(...chunks)).toEqual(['größe', 'zwölf 🙂']);
  });

  it('survive NUL and broken UTF-8', () => {
    const [line = ''] = plain(Uint8Array.of(97, 0, 98, 0xff, 0xc3, 99, 10));
    expect(line.startsWith('a\0b')).toBe(true);
    expect(line.endsWith('c')).toBe(true);
  });

  it('are read from UTF-16 with its mark', () => {
    expect(plain(Buffer.from('\ufeffone\r\ntwo\r\n', 'utf16le'))).toEqual(['\ufeffone', 'two']);
  });

  it('of a megabyte are cut and say so', () => {
    const [long, next] = linesOf('x'.repeat(600_000), 'x'.repeat(400_000), '\nnext\n');
    expect(long?.cut).toBe(true);
    expect(long?.line).toHaveLength(LONGEST_LINE);
    expect(next).toEqual({ line: 'next', cut: false });
  });

  it('of something that is no text are refused', () => {
    const noise = Uint8Array.from({ length: 4_000 }, (_, i) => (i * 7) % 26);
    expect(() => linesOf(noise)).toThrow('This is not text');
    expect(() => linesOf(Buffer.concat([Buffer.from('\x7fELF'), Buffer.alloc(200, 65)]))).toThrow(
      'This is not text',
    );
  });
});

describe('a packed log', () => {
  const text = Buffer.from('one line\n'.repeat(50_000));

  it('is unpacked from gzip', async () => {
    expect(await countLines(zlib.gzipSync(text))).toBe(50_000);
  });

  it('that is cut short is refused', async () => {
    await expect(countLines(zlib.gzipSync(text).subarray(0, 60))).rejects.toThrow(
      'The gzip data is broken or cut short.',
    );
  });

  const pack = (zlib as { zstdCompressSync?: (bytes: Uint8Array) => Buffer }).zstdCompressSync;
  const magic = Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0, 0);

  it('is unpacked from zstd by a Node that can, and else says what to do', async () => {
    if (pack) {
      expect(await countLines(pack(text))).toBe(50_000);
    } else {
      await expect(countLines(magic)).rejects.toThrow('unpack it with "zstd -dc"');
    }
  });
});
