import type { Clock } from '../../src/ports/clock.ts';
import type { DocumentStore, KnownChunk, KnownDocument } from '../../src/ports/document-store.ts';
import type { Found, KnowledgeSearch, Passage, SearchOptions } from '../../src/ports/knowledge.ts';
import type { LogFields, Logger } from '../../src/ports/logger.ts';
import type { Metrics } from '../../src/ports/metrics.ts';
import type { Retrieval } from '../../src/ports/retrieval-log.ts';
import { incidentDocumentId } from '../memory/incident-document.ts';
import type { Found as Candidates, Finder, FinderFilter } from './finder.ts';
import { MOST_OF_ONE, passagesOf, worthReading } from './passages.ts';
import { byRank, likelyAnswers } from './ranking.ts';
import { createSignReader } from './signs.ts';

export type KnowledgeSearchOptions = {
  finder: Finder;
  documents: DocumentStore;
  /** Where a page opens that says no address of its own. */
  linkTo?: (document: KnownDocument, line: number) => string | undefined;
  /** Hears of every search; must not take time. */
  record?: (retrieval: Retrieval) => void;
  clock: Clock;
  metrics: Metrics;
  logger: Logger;
};

/** What answers with this likelihood fits: test/bench/knowledge-fit.ts says what it lets through. */
const FITS = 0.4;
/** So many documents are read for further passages, however few are wanted. */
const DOCUMENTS_READ = 6;
/** What a further passage of a document loses: another document says something new. */
const FURTHER = 0.85;

export function createKnowledgeSearch(options: KnowledgeSearchOptions): KnowledgeSearch {
  const { finder, documents, linkTo, record, clock, metrics, logger } = options;

  async function answer(query: Parameters<KnowledgeSearch['search']>[0], asked: SearchOptions) {
    const { signal } = asked;
    const found = await finder.find(query, {
      filter: filterOf(asked),
      ...(signal ? { signal } : {}),
    });
    const passages = await passagesFor(query, found, asked);
    signal?.throwIfAborted();
    return { passages, degraded: found.degraded };
  }

  async function passagesFor(
    query: string,
    found: Candidates,
    { limit, perDocument = MOST_OF_ONE }: SearchOptions,
  ) {
    const ranked = byRank(found.candidates);
    const ranks = ranked.map(({ rank }) => rank);
    const read = ranked.slice(0, Math.max(limit, DOCUMENTS_READ));
    const chunks = await documents.chunksById(
      read.flatMap(({ candidate }) =>
        worthReading(candidate, found.leastSimilarity, perDocument).map(({ id }) => id),
      ),
    );
    const signsOf = createSignReader(query, found, ranks);

    const passages: Passage[] = [];
    const seen = new Set<string>();
    let least = 1;
    for (const { candidate, rank } of read) {
      // What follows is at most as likely, so it would not be among the first.
      if (passages.filter(({ score }) => score >= least).length >= limit) break;
      // A page that was copied to several places is shown once.
      const chosen = passagesOf(candidate, { chunks }, found.leastSimilarity)
        .filter(({ chunk }) => !seen.has(chunk.checksum))
        .slice(0, perDocument);
      const [first] = chosen;
      if (!first) continue;
      // Never above a better one.
      least = Math.min(least, likelyAnswers(signsOf(first, rank)));
      chosen.forEach((passage, i) => {
        seen.add(passage.chunk.checksum);
        const score = i === 0 ? least : least * FURTHER * passage.share;
        passages.push(passageOf(passage.candidate.document, passage.chunk, score, linkTo));
      });
    }
    return passages.sort((a, b) => b.score - a.score).slice(0, limit);
  }

  return {
    async search(query, asked): Promise<Found> {
      const start = clock.now().getTime();
      const { passages, degraded } = await answer(query, asked);
      const fits = (passages[0]?.score ?? 0) >= FITS;
      const ms = clock.now().getTime() - start;
      const outcome = degraded.length > 0 ? 'degraded' : fits ? 'hit' : 'miss';
      metrics.count('sitrep_retrievals_total', { outcome });
      metrics.observe('sitrep_retrieval_seconds', {}, ms / 1000);
      const fields: LogFields = { count: passages.length, ms };
      if (asked.collection !== undefined) fields.collection = asked.collection;
      logger.info(OUTCOMES[outcome], fields);
      record?.({
        at: new Date(start),
        question: query,
        ...(asked.collection === undefined ? {} : { collection: asked.collection }),
        results: bestDocuments(passages),
        fits,
        degraded: degraded.length > 0,
        ms,
      });
      return { passages, fits, degraded };
    },

    async whole(passage) {
      const [stored] = await documents.load([passage.documentId]);
      const { document, chunks } = stored ?? { document: undefined, chunks: [] };
      return document === undefined
        ? [passage]
        : chunks
            .toSorted((a, b) => a.position - b.position)
            .map((chunk) => passageOf(document, chunk, passage.score, linkTo));
    },
  };
}

const DOCUMENTS_KEPT = 5;

function bestDocuments(passages: readonly Passage[]): Retrieval['results'] {
  const best = new Map<string, number>();
  for (const { documentId, score } of passages) {
    if (!best.has(documentId)) best.set(documentId, Math.round(score * 10_000) / 10_000);
  }
  return [...best].slice(0, DOCUMENTS_KEPT).map(([documentId, score]) => ({ documentId, score }));
}

const OUTCOMES = {
  hit: 'knowledge searched',
  miss: 'knowledge searched, nothing fits',
  degraded: 'knowledge searched without a part of it',
};

function filterOf({ collection, kind, service, tags, sight, except }: SearchOptions): FinderFilter {
  return {
    sight,
    ...(collection === undefined ? {} : { collection }),
    ...(kind === undefined ? {} : { kind }),
    ...(service === undefined ? {} : { service }),
    ...(tags === undefined || tags.length === 0 ? {} : { tags }),
    ...(except === undefined ? {} : { exceptDocument: incidentDocumentId(except) }),
  };
}

function passageOf(
  document: KnownDocument,
  chunk: KnownChunk,
  score: number,
  linkTo: KnowledgeSearchOptions['linkTo'],
): Passage {
  const href = document.href ?? linkTo?.(document, chunk.line);
  const { source, title, kind, category, severity, action, incident } = document;
  return {
    id: chunk.id,
    documentId: document.id,
    source,
    title,
    section: chunk.section,
    text: chunk.text,
    line: chunk.line,
    kind,
    score,
    ...(href === undefined ? {} : { href }),
    ...(category === undefined ? {} : { category }),
    ...(severity === undefined ? {} : { severity }),
    ...(action === undefined ? {} : { action }),
    ...(incident === undefined ? {} : { incident }),
  };
}
