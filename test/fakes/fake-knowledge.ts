import { isInSight, type Sight } from '../../src/domain/circle.ts';
import { AppError } from '../../src/domain/errors.ts';
import type {
  Found,
  IncidentMemory,
  KnowledgeSearch,
  Passage,
  ResolvedIncident,
} from '../../src/ports/knowledge.ts';

export type FakePage = Omit<
  Passage,
  'id' | 'documentId' | 'section' | 'line' | 'kind' | 'score'
> & {
  section?: readonly string[];
};

export type FakeKnowledge = KnowledgeSearch &
  IncidentMemory & {
    /** Every call from now on fails, until it is told otherwise. */
    break(error?: AppError): void;
    mend(): void;
    /** Calls made from now on never end by themselves. */
    hang(): void;
    /** What was searched for. */
    queries(): string[];
  };

/** Below this share of common words nothing fits. */
const FITS = 0.25;
/** Above it, it is the same again. */
const SAME = 0.8;

/** Runbooks and past incidents in memory, ranked by the share of words that they have in common with the question. */
export function createFakeKnowledge(
  pages: readonly FakePage[] = [],
  past: readonly ResolvedIncident[] = [],
): FakeKnowledge {
  const remembered = new Map(past.map((incident) => [incident.id, incident]));
  const searched: string[] = [];
  let state: 'well' | 'hung' | AppError = 'well';

  const seen = (sight: Sight) =>
    [...remembered.values()].filter(({ circle }) => isInSight(sight, circle));

  async function work<Result>(query: string, answer: () => Result): Promise<Result> {
    searched.push(query);
    if (state instanceof AppError) throw state;
    if (state === 'hung') await new Promise(() => undefined);
    return answer();
  }

  return {
    search: (query, { limit, kind, sight, except, signal }): Promise<Found> => {
      signal?.throwIfAborted();
      return work(query, () => {
        const incidents = seen(sight).map((incident): FakePage & { kind: 'incident' } => ({
          kind: 'incident',
          source: `incident/${incident.id}`,
          title: incident.text.slice(0, 80),
          text: incident.text,
          category: incident.category,
          severity: incident.severity,
          incident: { id: incident.id, resolvedAt: incident.resolvedAt },
        }));
        const all = [...pages.map((page) => ({ ...page, kind: 'page' as const })), ...incidents];
        const passages = all
          .filter((one) => kind === undefined || one.kind === kind)
          .filter((one) => except === undefined || one.source !== `incident/${except}`)
          .map(
            (one, at): Passage => ({
              section: [],
              ...one,
              id: `passage-${at}`,
              documentId: one.source,
              line: 1,
              score: common(query, `${one.title} ${one.text}`),
            }),
          )
          .sort((a, b) => b.score - a.score)
          .slice(0, limit);
        return { passages, fits: (passages[0]?.score ?? 0) >= FITS, degraded: [] };
      });
    },
    whole: async (passage) =>
      pages
        .filter(({ source }) => source === passage.source)
        .map((page, at) => ({ ...passage, section: [], ...page, id: `${page.source}-${at}` })),
    similar: (text, { limit, sight, except }) =>
      work(text, () => ({
        incidents: seen(sight)
          .filter(({ id }) => id !== except)
          .map(({ id, text: said, category, cause, fix, href, resolvedAt, circle, confirmed }) => {
            const score = common(text, said);
            return {
              id,
              title: said.slice(0, 80),
              category,
              resolvedAt,
              circle,
              confirmed,
              score,
              recurrence: score >= SAME,
              ...(cause === undefined ? {} : { cause }),
              ...(fix === undefined ? {} : { fix }),
              ...(href === undefined ? {} : { href }),
            };
          })
          .filter(({ score }) => score > 0)
          .sort((a, b) => b.score - a.score)
          .slice(0, limit),
        degraded: [],
      })),
    async remember(incident) {
      remembered.set(incident.id, incident);
    },
    async forget(id) {
      remembered.delete(id);
    },
    break(error = new AppError('unavailable', 'The knowledge base is away.')) {
      state = error;
    },
    mend() {
      state = 'well';
    },
    hang() {
      state = 'hung';
    },
    queries: () => [...searched],
  };
}

/** Share of the question's telling words that the text has too. */
function common(question: string, text: string): number {
  const words = wordsOf(question);
  if (words.size === 0) return 0;
  const known = wordsOf(text);
  return [...words].filter((word) => known.has(word)).length / words.size;
}

function wordsOf(text: string): Set<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}]{4,}/gu) ?? []);
}
