/** Pages by the thousand, always the same ones, whose words follow each other as in the seed runbooks. */
import type { StoredDocument } from '../../src/ports/document-store.ts';
import { pagesIn, SEEDS } from './knowledge-corpus.ts';

type GeneratedQuestion = {
  query: string;
  /** The page that it was made from; undefined where it is about none. */
  gold?: string;
};

const CHUNKS_A_PAGE = 3;
const LINES_A_CHUNK = 30;
const WORDS_A_LINE = 12;
/** Names of services, hosts and codes that stand in a few pages only: every so many words. */
const OWN_NAME_EVERY = 40;
/** So many pages share a service. */
const PAGES_A_SERVICE = 12;

function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

type Generator = {
  pages(chunks: number): Iterable<StoredDocument>;
  /** About so many of these pages, from three words to a pasted paragraph. */
  questions(chunks: number, count: number): GeneratedQuestion[];
};

export async function createGenerator(): Promise<Generator> {
  const seeds = (await pagesIn(SEEDS)).map(({ chunks }) =>
    chunks.flatMap(({ text }) => text.split(/\s+/).filter(Boolean)),
  );
  const followers = new Map<string, string[]>();
  for (const words of seeds) {
    for (const [i, word] of words.entries()) {
      const known = followers.get(word) ?? [];
      known.push(words[i + 1] ?? '');
      followers.set(word, known);
    }
  }
  const pick = <Item>(random: () => number, from: readonly Item[]) =>
    from[Math.floor(random() * from.length)];

  /** Each from its number alone, so that a question can be made without making all pages before. */
  function page(n: number, chunkCount: number): StoredDocument {
    const random = createRandom(n * 7_919 + 11);
    // The first numbers of neighbouring seeds are alike.
    for (let i = 0; i < 8; i++) random();
    const topics = [pick(random, seeds) ?? [], pick(random, seeds) ?? []];
    const service = `svc${Math.floor(n / PAGES_A_SERVICE).toString(36)}`;
    let word = '';
    const next = () => {
      if (random() < 1 / OWN_NAME_EVERY) {
        return random() < 0.5 ? service : `node${Math.floor(random() * n * 4).toString(36)}`;
      }
      word =
        pick(random, followers.get(word) ?? []) || (pick(random, pick(random, topics) ?? []) ?? '');
      return word;
    };
    const line = (words: number) => {
      word = pick(random, pick(random, topics) ?? []) ?? '';
      return Array.from({ length: words }, next).join(' ');
    };
    const id = `doc-${n}`;
    return {
      document: {
        id,
        collection: 'bench',
        source: `team-${n % 97}/page-${n}.md`,
        kind: 'page',
        title: `${line(3)} ${service}`,
        checksum: id,
        tags: [],
        ingestedAt: new Date(0),
      },
      chunks: Array.from({ length: chunkCount }, (_, position) => ({
        id: `${id}-${position}`,
        documentId: id,
        position,
        section: [['Diagnosis', 'Mitigation', 'Verify'][position] ?? 'More'],
        text: Array.from({ length: LINES_A_CHUNK }, () => line(WORDS_A_LINE)).join('\n'),
        line: 1 + position * LINES_A_CHUNK,
        checksum: `${id}-${position}`,
      })),
    };
  }

  return {
    *pages(chunks) {
      for (let made = 0, n = 0; made < chunks; n++) {
        const count = Math.min(CHUNKS_A_PAGE, chunks - made);
        made += count;
        yield page(n, count);
      }
    },
    questions(chunks, count) {
      const random = createRandom(5);
      const pages = Math.floor(chunks / CHUNKS_A_PAGE);
      return Array.from({ length: count }, (_, i) => {
        const { document, chunks: parts } = page(Math.floor(random() * pages), CHUNKS_A_PAGE);
        const words = (pick(random, parts)?.text ?? '').split(/\s+/);
        const length = [4, 8, 16, 32, 80][i % 5] ?? 8;
        const from = Math.floor(random() * (words.length - length));
        const said = words.slice(from, from + length).filter(() => random() < 0.75);
        const titled = i % 2 === 0 ? `${document.title}: ` : '';
        return { query: titled + said.join(' '), gold: document.source };
      });
    },
  };
}
