import { describe, expect, it } from 'vitest';
import { createLocalEmbedder } from '../../../knowledge/embedding/index.ts';
import { AppError } from '../../../src/domain/errors.ts';
import { clean } from '../../../src/safety/index.ts';
import { knowledgeOn, page, storeOf } from './harness.ts';

const dns = page('network/dns.md', {
  title: 'DNS names do not resolve',
  service: 'dns',
  tags: ['resolver', 'network'],
  category: 'Network',
  href: 'https://wiki.example.com/dns',
  text: 'The resolver answers SERVFAIL or nothing at all. Restart the resolver and check its forwarders.',
});
const disk = page('hardware/disk.md', {
  title: 'Disk full on a host',
  service: 'linux',
  tags: ['disk'],
  text: 'No space left on device. Find the largest files and delete old logs.',
});
const queue = page('performance/queue.md', {
  title: 'Queue backlog grows',
  collection: 'other',
  tags: ['queue', 'network'],
  text: 'Consumers are too slow. Add workers or slow the producers down.',
});
const past = page('incident/7', {
  id: 'incident-7',
  kind: 'incident',
  collection: 'incidents',
  title: 'Resolver down in Leipzig',
  incident: { id: '7', fix: 'restarted it', resolvedAt: new Date(0) },
  text: 'The resolver in the Leipzig office answered SERVFAIL for everything.',
});
const all = [dns, disk, queue, past];
const question = clean('resolver answers SERVFAIL');
const sources = ({ passages }: { passages: { source: string }[] }) =>
  passages.map(({ source }) => source);

describe('searching the knowledge', () => {
  it('gives the passage with everything that is known of its document', async () => {
    const { search } = knowledgeOn(storeOf(all));
    const { passages, fits, degraded } = await search.search(question, {
      sight: 'everything',
      limit: 1,
    });
    expect(passages).toEqual([
      {
        id: 'network/dns.md#0',
        documentId: 'network/dns.md',
        source: 'network/dns.md',
        title: 'DNS names do not resolve',
        section: [],
        text: dns.chunks[0]?.text,
        line: 1,
        kind: 'page',
        href: 'https://wiki.example.com/dns',
        category: 'Network',
        score: expect.any(Number),
      },
    ]);
    expect([fits, degraded]).toEqual([true, []]);
  });

  it('says when nothing fits, and still names the nearest', async () => {
    const { search, counted } = knowledgeOn(storeOf(all));
    const found = await search.search(clean('how long must a soft egg be boiled on a full moon'), {
      sight: 'everything',
      limit: 3,
    });
    expect(found.fits).toBe(false);
    expect(found.passages.every(({ score }) => score < 0.4)).toBe(true);
    expect(counted).toEqual(['sitrep_retrievals_total miss', 'sitrep_retrieval_seconds']);
  });

  it.each([
    ['a collection', { collection: 'other' }, ['performance/queue.md']],
    ['a kind', { kind: 'incident' as const }, ['incident/7']],
    ['a service', { service: 'linux' }, ['hardware/disk.md']],
    ['all of some tags', { tags: ['resolver', 'network'] }, ['network/dns.md']],
    ['what is not this incident', { kind: 'incident' as const, except: '7' }, []],
  ])('narrows to %s', async (_, filter, expected) => {
    const { search } = knowledgeOn(storeOf(all));
    const found = await search.search(clean('resolver network disk queue'), {
      sight: 'everything',
      limit: 9,
      ...filter,
    });
    expect(sources(found)).toEqual(expected);
  });

  it('opens a long document where it answers, and folds what says the same', async () => {
    const sections = [
      'Introduction to the platform, its teams and its history since the first release.',
      'The message broker raises a memory alarm and blocks publishers until consumers catch up again.',
      'The message broker raises a memory alarm and blocks publishers until consumers catch up soon.',
      'Rotate the signing keys every quarter and tell the partners about it.',
    ];
    const handbook = page('handbook.pdf', { title: 'Handbook', text: sections });
    const copy = page('old/handbook.pdf', { title: 'Handbook', text: sections });
    const { search } = knowledgeOn(storeOf([...all, handbook, copy]));
    const found = await search.search(clean('broker memory alarm blocks publishers'), {
      sight: 'everything',
      limit: 9,
    });
    const [first, ...others] = found.passages.filter(({ title }) => title === 'Handbook');
    expect(first?.text).toContain('memory alarm');
    expect(others.filter(({ text }) => text.includes('memory alarm'))).toEqual([]);
  });

  it('gives the whole of the document that a passage is of', async () => {
    const pages = [
      ...all,
      page('two.md', { title: 'Two parts', text: ['Frobnicator stalls.', 'Kick it.'] }),
    ];
    const store = storeOf(pages);
    const { search } = knowledgeOn(store);
    const { passages } = await search.search(clean('frobnicator stalls'), {
      sight: 'everything',
      limit: 1,
    });
    const [found] = passages;
    if (!found) throw new Error('nothing found');
    const whole = await search.whole(found);
    expect(whole.map(({ text }) => text)).toEqual(['Frobnicator stalls.', 'Kick it.']);
    await store.remove(['two.md']);
    expect(await search.whole(found)).toEqual([found]);
  });

  it('gives the best first and no more than were asked for', async () => {
    const { search } = knowledgeOn(storeOf(all));
    const { passages } = await search.search(clean('resolver disk queue'), {
      sight: 'everything',
      limit: 2,
    });
    const scores = passages.map(({ score }) => score);
    expect(scores).toHaveLength(2);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  });

  it('finds what was written a moment ago and no longer what was removed', async () => {
    const store = storeOf(all);
    const { search } = knowledgeOn(store);
    const ask = async () =>
      sources(await search.search(clean('frobnicator stalls'), { sight: 'everything', limit: 9 }));
    expect(await ask()).not.toContain('new.md');
    await store.put(page('new.md', { title: 'Frobnicator stalls', text: 'Kick it.' }));
    expect(await ask()).toContain('new.md');
    await store.remove(['new.md']);
    expect(await ask()).not.toContain('new.md');
    await store.put(page('new.md', { title: 'Frobnicator stalls', text: 'Kick it.' }));
    const both = await Promise.all([ask(), ask(), ask()]);
    expect(both.every((found) => found.includes('new.md'))).toBe(true);
  });

  it('reads everything anew where removals are no longer known', async () => {
    const store = storeOf(all);
    const { search } = knowledgeOn(store);
    expect(sources(await search.search(question, { sight: 'everything', limit: 1 }))).toEqual([
      'network/dns.md',
    ]);
    await store.remove(['network/dns.md']);
    store.forgetRemovals();
    await store.put(page('new.md', { title: 'Frobnicator stalls', text: 'Kick it.' }));
    expect(sources(await search.search(question, { sight: 'everything', limit: 9 }))).not.toContain(
      'network/dns.md',
    );
    expect(
      sources(await search.search(clean('frobnicator'), { sight: 'everything', limit: 1 })),
    ).toEqual(['new.md']);
  });

  it('goes on by words where vectors cannot be searched', async () => {
    const vectors = {
      query: async () => {
        throw new AppError('unavailable', 'Chroma is away.');
      },
    };
    const { search, counted } = knowledgeOn(storeOf(all), { vectors });
    const found = await search.search(question, { sight: 'everything', limit: 1 });
    expect(sources(found)).toEqual(['network/dns.md']);
    expect(found.degraded).toEqual(['Chroma is away.']);
    expect(counted).toContain('sitrep_retrievals_total degraded');
  });

  it('does not show what a foreign error says', async () => {
    const vectors = {
      query: async () => {
        throw new Error('ECONNRESET while sending "secret words"');
      },
    };
    const { search } = knowledgeOn(storeOf(all), { vectors });
    const { degraded } = await search.search(question, { sight: 'everything', limit: 1 });
    expect(degraded).toEqual([
      'The vectors of the knowledge cannot be searched; words alone were used.',
    ]);
  });

  it('waits for vectors no longer than anybody would', async () => {
    const vectors = { query: () => new Promise<never>(() => undefined) };
    const { search } = knowledgeOn(storeOf(all), { vectors });
    const found = await search.search(question, { sight: 'everything', limit: 1 });
    expect(sources(found)).toEqual(['network/dns.md']);
    expect(found.degraded).toHaveLength(1);
  });

  it('scores the same with and without vectors', async () => {
    const away = {
      query: async () => {
        throw new AppError('unavailable', 'Chroma is away.');
      },
    };
    const [whole, degraded] = await Promise.all(
      [knowledgeOn(storeOf(all)), knowledgeOn(storeOf(all), { vectors: away })].map(({ search }) =>
        search.search(question, { sight: 'everything', limit: 1 }),
      ),
    );
    expect(degraded?.fits).toBe(whole?.fits);
  });

  it('fails where the store is away before anything was read, and says so later', async () => {
    const store = storeOf(all);
    const { finder } = knowledgeOn(store);
    store.goAway();
    await expect(finder.find(question, { filter: { sight: 'everything' } })).rejects.toMatchObject({
      code: 'unavailable',
    });
    store.comeBack();
    await finder.find(question, { filter: { sight: 'everything' } });
    store.goAway();
    const { candidates, degraded } = await finder.find(question, {
      filter: { sight: 'everything' },
    });
    expect(candidates.length).toBeGreaterThan(0);
    expect(degraded[0]).toContain('store');
  });

  it('embeds a question once and keeps no word of it', async () => {
    const local = createLocalEmbedder();
    let embedded = 0;
    const embedder = {
      ...local,
      embed: async (...given: Parameters<typeof local.embed>) => {
        embedded += given[0].length;
        return local.embed(...given);
      },
    };
    const { search, cached, lines } = knowledgeOn(storeOf(all), { embedder });
    await search.search(question, { sight: 'everything', limit: 1 });
    await search.search(question, { sight: 'everything', limit: 1 });
    expect(embedded).toBe(1);
    expect([...cached.keys()].join(' ')).toContain('local-2');
    expect(JSON.stringify([[...cached.keys()], lines])).not.toMatch(/resolver|servfail/i);
    expect(lines).toEqual([
      { message: 'knowledge searched', fields: { count: 1, ms: 0 } },
      { message: 'knowledge searched', fields: { count: 1, ms: 0 } },
    ]);
  });

  it('takes a spoilt cache for an empty one', async () => {
    const { search, cached } = knowledgeOn(storeOf(all));
    await search.search(question, { sight: 'everything', limit: 1 });
    for (const key of cached.keys()) cached.set(key, ['no', 'numbers']);
    expect((await search.search(question, { sight: 'everything', limit: 1 })).degraded).toEqual([]);
  });

  it('can be called off', async () => {
    const { search } = knowledgeOn(storeOf(all));
    const signal = AbortSignal.abort();
    await expect(
      search.search(question, { sight: 'everything', limit: 1, signal }),
    ).rejects.toThrow();
  });

  it('answers an empty knowledge base and an empty question', async () => {
    const { search } = knowledgeOn(storeOf());
    const nothing = { passages: [], fits: false, degraded: [] };
    expect(await search.search(question, { sight: 'everything', limit: 3 })).toEqual(nothing);
    expect(await search.search(clean(''), { sight: 'everything', limit: 3 })).toEqual(nothing);
  });
});
