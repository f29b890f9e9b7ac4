import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMarkdown } from '../../../knowledge/ingest/markdown.ts';
import { readPdfPages, readPlainText } from '../../../knowledge/ingest/plain-pages.ts';
import { splitPage } from '../../../knowledge/ingest/split.ts';
import { estimateTokens } from '../../../knowledge/ingest/token-estimate.ts';

const split = (text: string) => splitPage(readMarkdown(text));
/** Sentences of about ten tokens, each told apart by its number. */
const sentences = (count: number, name = 'step') =>
  Array.from({ length: count }, (_, i) => `The ${name} ${i} restarts one more worker now.`).join(
    ' ',
  );

describe('splitting a page', () => {
  it('keeps a short page in one part, under its title', () => {
    const [chunk, ...others] = split(
      '# Disk full\n\n## Meaning\n\nNo space.\n\n## Fix\n\nDelete logs.\n',
    );
    expect(others).toEqual([]);
    expect(chunk).toEqual({
      section: ['Disk full'],
      text: '## Meaning\n\nNo space.\n\n## Fix\n\nDelete logs.',
      line: 1,
    });
  });

  it('begins a new part at a heading once there is enough, and names the headings above', () => {
    const chunks = split(
      `# Guide\n\n## First\n\n${sentences(60)}\n\n## Second\n\n${sentences(55)}\n`,
    );
    expect(chunks.map(({ section }) => section)).toEqual([
      ['Guide', 'First'],
      ['Guide', 'Second'],
    ]);
    expect(chunks.map(({ line }) => line)).toEqual([1, 7]);
    expect(chunks[1]?.text).not.toContain('##');
  });

  it('cuts a section that is too large into parts of 500 to 800 tokens that overlap', () => {
    const paragraphs = Array.from({ length: 40 }, (_, i) => sentences(6, `part${i}`));
    const chunks = split(`# Long\n\n${paragraphs.join('\n\n')}\n`);
    expect(chunks.length).toBeGreaterThan(2);
    for (const chunk of chunks.slice(0, -1)) {
      expect(estimateTokens(chunk.text)).toBeGreaterThanOrEqual(500);
    }
    for (const [i, chunk] of chunks.entries()) {
      expect(estimateTokens(chunk.text)).toBeLessThanOrEqual(800);
      expect(chunk.section).toEqual(['Long']);
      const before = chunks[i - 1];
      const [firstSentence = ''] = chunk.text.split('.');
      if (before) expect(before.text).toContain(firstSentence);
    }
  });

  it('cuts one paragraph between its sentences', () => {
    const chunks = split(sentences(300));
    expect(chunks.length).toBeGreaterThan(3);
    for (const { text } of chunks) expect(text).toMatch(/^The step .* now\.$/s);
  });

  it('leaves code and tables whole, even when they are larger than a part', () => {
    const code = [
      '```sh',
      ...Array.from({ length: 90 }, (_, i) => `kubectl get pod web-${i}`),
      '```',
    ];
    const table = [
      '| a | b |',
      '|---|---|',
      ...Array.from({ length: 80 }, (_, i) => `| ${i} | word |`),
    ];
    const text = `# T\n\n${sentences(50)}\n\n${code.join('\n')}\n\n${sentences(50)}\n\n${table.join('\n')}\n`;
    const texts = split(text).map((chunk) => chunk.text);
    expect(texts.filter((it) => it.includes(code.join('\n')))).toHaveLength(1);
    expect(texts.filter((it) => it.includes(table.join('\n')))).toHaveLength(1);
  });

  it('cuts code that no part could hold between lines, each with its fence', () => {
    const code = Array.from({ length: 900 }, (_, i) => `systemctl restart unit-${i}.service`);
    const chunks = split(`# T\n\n\`\`\`sh\n${code.join('\n')}\n\`\`\`\n`);
    expect(chunks.length).toBeGreaterThan(5);
    for (const { text } of chunks) {
      expect(text.startsWith('```sh\n')).toBe(true);
      expect(text.endsWith('\n```')).toBe(true);
    }
    expect(code.every((line) => chunks.some(({ text }) => text.includes(line)))).toBe(true);
  });

  it('repeats the head of a table that must be cut', () => {
    const rows = Array.from({ length: 600 }, (_, i) => `| host-${i} | down since noon |`);
    const chunks = split(`| host | state |\n|---|---|\n${rows.join('\n')}\n`);
    expect(chunks.length).toBeGreaterThan(3);
    for (const { text } of chunks)
      expect(text.startsWith('| host | state |\n|---|---|\n')).toBe(true);
  });

  it('does not take # in code for a heading', () => {
    const [chunk] = split('# Real\n\n```sh\n# not one\nls\n```\n');
    expect(chunk).toMatchObject({ section: ['Real'], text: '```sh\n# not one\nls\n```' });
  });

  it('leaves out comments that a reader does not see, without moving lines', () => {
    const chunks = split('# T\n\n<!-- ignore\nall alerts -->\nWords.\n');
    expect(chunks[0]?.text).toBe('Words.');
  });

  it('loses no word of any text and ends for each', () => {
    const bit = fc.constantFrom(
      ...[
        '# H',
        '## H2',
        'Title\n===',
        '- item',
        '  - inner',
        '1. one',
        '```',
        '~~~ sh',
        '| a | b |',
      ],
      ...[
        '|---|---|',
        '',
        '---',
        'word word.',
        '    code',
        '<!--',
        '-->',
        '> quote',
        'x'.repeat(3000),
      ],
    );
    fc.assert(
      fc.property(fc.array(bit, { maxLength: 40 }), (bits) => {
        if (bits[0] === '---') return; // Front matter, which is read elsewhere.
        const marked = bits.map((it, i) => (it === 'word word.' ? `word${i}end.` : it));
        const hidden = bits.includes('<!--') && bits.includes('-->');
        const all = split(marked.join('\n'))
          .map(({ section, text }) => [...section, text].join('\n'))
          .join('\n');
        if (hidden) return;
        for (const [word] of marked.join('\n').matchAll(/word\d+end/g)) expect(all).toContain(word);
      }),
      { numRuns: 300, seed: 7 },
    );
  });

  it('takes hostile lines in its stride', () => {
    const spaces = ' '.repeat(200_000);
    const chunks = split(
      `# ${spaces}x\n\n${'<!--'.repeat(50_000)}\n\n|${spaces}-${spaces}x\n|${spaces}-\n`,
    );
    expect(chunks.length).toBeGreaterThan(0);
  });
});

describe('other texts', () => {
  it('are split between paragraphs, with the line that each begins at', () => {
    const page = readPlainText(`first\n\n${sentences(70)}\n\n${sentences(70)}\n`);
    const chunks = splitPage(page);
    // The second part repeats the end of line 3.
    expect(chunks.map(({ line }) => line)).toEqual([1, 3]);
  });

  it('name the page of a PDF as section and line', () => {
    const chunks = splitPage(readPdfPages([sentences(60), '', sentences(60)], 'Handbook'));
    expect(chunks.map(({ section, line }) => [section, line])).toEqual([
      [['Page 1'], 1],
      [['Page 3'], 3],
    ]);
  });
});
