import { describe, expect, it } from 'vitest';
import { readMarkdown } from '../../../knowledge/ingest/markdown.ts';

describe('front matter', () => {
  it('labels the page, in the words of our taxonomy', () => {
    const { title, labels, notes } = readMarkdown(
      [
        '---',
        'title: Primary is down',
        'category: database',
        'severity: Critical',
        'action: free space',
        'service: Postgres',
        'tags: [Replication, failover, failover]',
        'url: https://wiki.example.com/pg#down',
        'owner: nobody reads this',
        '---',
        '# Another heading',
      ].join('\n'),
    );
    expect(title).toBe('Primary is down');
    expect(labels).toEqual({
      title: 'Primary is down',
      category: 'Database',
      severity: 'critical',
      action: 'free_space',
      service: 'postgres',
      tags: ['replication', 'failover'],
      href: 'https://wiki.example.com/pg#down',
    });
    expect(notes).toEqual([]);
  });

  it('takes tags in one string, and another name for hardware', () => {
    const { labels } = readMarkdown('---\ntags: a, b\ncategory: Infrastructure\n---\nx');
    expect(labels).toEqual({ category: 'Hardware', tags: ['a', 'b'] });
  });

  it.each([
    ['category: Weather', 'its category is none that is known here and was ignored'],
    ['severity: 17', 'its severity is none that is known here and was ignored'],
    ['href: javascript:alert(1)', 'its href is none that is known here and was ignored'],
    ['title: [unclosed', 'its front matter cannot be read and was ignored'],
    ['a: &a [x]\nb: [*a, *a]', 'its front matter cannot be read and was ignored'],
  ])('ignores %j with a note', (line, note) => {
    const { labels, notes, blocks } = readMarkdown(`---\n${line}\n---\nText.\n`);
    expect(labels).toEqual({ tags: [] });
    expect(notes).toEqual([note]);
    expect(blocks.map(({ text }) => text)).toEqual(['Text.']);
  });

  it('counts its lines', () => {
    const { blocks } = readMarkdown('---\ntitle: x\n---\n\nText.\n');
    expect(blocks).toMatchObject([{ text: 'Text.', line: 5 }]);
  });

  it('is not a ruler at the top', () => {
    const { blocks, labels } = readMarkdown('---\n\nText.\n');
    expect(labels).toEqual({ tags: [] });
    expect(blocks).toMatchObject([{ text: 'Text.', line: 3 }]);
  });
});

describe('the title', () => {
  it.each([
    ['# The `etcd` **leader** [changed](https://x.y) {#anchor}\n', 'The etcd leader changed'],
    ['Big\n===\n\n# Later\n', 'Big'],
    ['no heading\n', ''],
  ])('of %j is %j', (text, title) => {
    expect(readMarkdown(text).title).toBe(title);
  });
});
