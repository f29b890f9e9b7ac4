import { describe, expect, it } from 'vitest';
import { buildContext } from '../../../src/answers/context.ts';
import type { Passage } from '../../../src/ports/knowledge.ts';

const passage = (id: string, text: string): Passage => ({
  id,
  documentId: id,
  source: `${id}.md`,
  title: `Page ${id}`,
  section: [`Page ${id}`, 'Diagnosis'],
  text,
  line: 12,
  kind: 'page',
  score: 0.9,
});

describe('the context for a model', () => {
  it('tags every passage and says where it is from', () => {
    const context = buildContext([passage('a', 'First.'), passage('b', 'Second.')], 500);
    expect(context.text).toBe(
      '[1] Page a > Diagnosis (a.md, line 12)\nFirst.\n\n[2] Page b > Diagnosis (b.md, line 12)\nSecond.',
    );
    expect(context.passages.map(({ tag, passage: { id } }) => [tag, id])).toEqual([
      ['[1]', 'a'],
      ['[2]', 'b'],
    ]);
  });

  it('takes whole passages only, and a smaller one where a larger does not fit', () => {
    const long = passage('long', 'word '.repeat(400));
    const context = buildContext([passage('a', 'First.'), long, passage('b', 'Second.')], 100);
    expect(context.passages.map(({ passage: { id } }) => id)).toEqual(['a', 'b']);
    expect(context.text).not.toContain('word word');
    expect(context.text.length / 3.6).toBeLessThanOrEqual(100);
  });

  it('is empty where nothing fits', () => {
    expect(buildContext([passage('a', 'First.')], 3)).toEqual({ text: '', passages: [] });
  });
});
