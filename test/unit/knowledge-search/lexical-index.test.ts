import { describe, expect, it } from 'vitest';
import { createBoilerplate } from '../../../knowledge/search/boilerplate.ts';
import { createLexicalIndex } from '../../../knowledge/search/lexical-index.ts';
import type { StoredDocument } from '../../../src/ports/document-store.ts';
import { page } from './harness.ts';

const indexOf = (pages: readonly StoredDocument[]) => {
  const index = createLexicalIndex();
  for (const one of pages) index.put(one);
  return index;
};
const ranked = (index: ReturnType<typeof createLexicalIndex>, query: string, limit = 10) =>
  index.search(query, { limit }).hits.map(({ document }) => document.source);

const topics = [
  'disk',
  'dns',
  'queue',
  'replica',
  'cert',
  'login',
  'cache',
  'cpu',
  'vpn',
  'backup',
];
const filler = topics.map((topic) =>
  page(`filler/${topic}.md`, { title: `About ${topic}`, text: `Something else about ${topic}.` }),
);

describe('the index of words', () => {
  it('ranks the page whose title says it above one that mentions it', () => {
    const index = indexOf([
      ...filler,
      page('a.md', { title: 'Kafka consumer lag', text: 'Consumers fall behind.' }),
      page('b.md', {
        title: 'Deploys',
        text: 'A deploy may cause consumer lag in Kafka for a while.',
      }),
    ]);
    expect(ranked(index, 'consumer lag on kafka')[0]).toBe('a.md');
  });

  it.each([
    ['pod is crash looping', 'PodCrashlooping'],
    ['PodCrashLooping', 'pod crash looping'],
    ['node has clock-skew', 'NodeClockSkew'],
    ['k8s db conn err', 'Kubernetes database connection errors'],
    ['service was OOMKilled', 'Out of memory'],
  ])('finds for "%s" the page "%s"', (query, title) => {
    const index = indexOf([...filler, page('right.md', { title, text: 'See below.' })]);
    expect(ranked(index, query)[0]).toBe('right.md');
  });

  it('gives nothing for words that nobody wrote, and says so', () => {
    const index = indexOf(filler);
    expect(index.search('xylophone recital', { limit: 5 })).toEqual({ hits: [], known: 0 });
    expect(index.search('the of and', { limit: 5 })).toEqual({ hits: [], known: 0 });
    expect(index.search('disk xylophone', { limit: 5 }).known).toBeCloseTo(0.5, 0);
  });

  it('is after puts and removals what it would be made anew', () => {
    const old = Array.from({ length: 300 }, (_, i) =>
      page(`page-${i}.md`, { title: `Old ${i}`, text: `${topics[i % 10]} gremlins number ${i}` }),
    );
    const now = old
      .filter((_, i) => i % 3 !== 0)
      .map(({ document }, i) =>
        page(document.id, { title: `New ${i}`, text: `${topics[(i * 7) % 10]} fault ${1000 + i}` }),
      );
    const index = indexOf(old);
    for (const { document } of old) index.remove(document.id);
    for (const one of now) index.put(one);
    for (const one of now) index.put(one);
    const fresh = indexOf(now);
    expect([index.documents, index.chunks]).toEqual([fresh.documents, fresh.chunks]);
    for (const query of [...topics, 'fault 1010', 'gremlins', 'New 17']) {
      expect(new Set(ranked(index, query, 500))).toEqual(new Set(ranked(fresh, query, 500)));
    }
    expect(ranked(index, 'gremlins')).toEqual([]);
    expect(index.documentOf('page-1.md#0')?.title).toBe('New 0');
    expect(index.documentOf('page-0.md#0')).toBeUndefined();
  });

  it('keeps its lists over many blocks and pages', () => {
    const pages = Array.from({ length: 3_000 }, (_, i) =>
      page(`p${i}.md`, { title: `t${i}`, text: `common word${i} ${i % 2 ? 'odd' : 'even'}ly` }),
    );
    const index = indexOf(pages);
    expect(ranked(index, 'oddly', 3_000)).toHaveLength(1_500);
    expect(ranked(index, 'word2999')).toEqual(['p2999.md']);
  });

  it('searches only what is accepted, and weighs what it is told to', () => {
    const index = indexOf(filler);
    const found = index.search('something about disk', {
      limit: 1,
      accepts: ({ source }) => source !== 'filler/disk.md',
      also: new Set(['filler/vpn.md', 'filler/disk.md', 'unknown.md']),
    });
    const sources = found.hits.map(({ document }) => document.source);
    expect(sources).not.toContain('filler/disk.md');
    expect(sources).toContain('filler/vpn.md');
  });
});

describe('boilerplate', () => {
  const escalation =
    'If the certificate has expired or a disk is full, page the platform team at once.';
  const pages = topics.map((topic) =>
    page(`${topic}.md`, {
      title: `${topic} trouble`,
      text: `What to do about ${topic} trouble here.\n${escalation}`,
    }),
  );
  const known = () => {
    const boilerplate = createBoilerplate();
    boilerplate.learn(pages);
    return boilerplate;
  };
  const textOf = ({ chunks }: StoredDocument) => chunks.map(({ text }) => text).join('\n');

  it('is what many pages share, also with their own name in it', () => {
    const named = topics.map((topic) =>
      page(`${topic}.md`, {
        title: `${topic} trouble`,
        text: `Long enough to be a text of its own, all about ${topic} and nothing but ${topic}, ever.\nTell everybody that ${topic} trouble has begun.`,
      }),
    );
    const boilerplate = createBoilerplate();
    boilerplate.learn(named);
    for (const one of named) expect(textOf(boilerplate.without(one))).not.toContain('everybody');
  });

  it('does not make a page match', () => {
    const long = pages.map((one, i) => ({
      ...one,
      chunks: one.chunks.map((chunk) => ({
        ...chunk,
        text: `${chunk.text}\n${`${topics[i]} has a long history of its own. `.repeat(3)}`,
      })),
    }));
    const boilerplate = createBoilerplate();
    boilerplate.learn(long);
    const index = indexOf(long.map((one) => boilerplate.without(one)));
    expect(ranked(index, 'page the platform team')).toEqual([]);
    expect(ranked(index, 'vpn')[0]).toBe('vpn.md');
  });

  it('is not a page that lies in several places', () => {
    const copies = ['a', 'b', 'c', 'd', 'e'].map((folder) =>
      page(`${folder}/x.md`, {
        title: 'x',
        text: 'The very same text in every folder of them all.',
      }),
    );
    const boilerplate = createBoilerplate();
    boilerplate.learn(copies);
    expect(copies.map((one) => textOf(boilerplate.without(one)))).toEqual(copies.map(textOf));
  });

  it('is no longer when its pages are gone', () => {
    const boilerplate = known();
    const last = page('last.md', {
      title: 'last',
      text: `${'Some words of its own. '.repeat(9)}\n${escalation}`,
    });
    boilerplate.learn([last]);
    expect(textOf(boilerplate.without(last))).not.toContain('platform team');
    for (const { document } of pages) boilerplate.forget(document.id);
    expect(textOf(boilerplate.without(last))).toContain('platform team');
  });
});
