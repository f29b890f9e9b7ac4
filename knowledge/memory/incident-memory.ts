import type { Clock } from '../../src/ports/clock.ts';
import type { DocumentStore, StoredDocument } from '../../src/ports/document-store.ts';
import type { IncidentMemory, SimilarIncident } from '../../src/ports/knowledge.ts';
import type { Logger } from '../../src/ports/logger.ts';
import type { Finder } from '../search/index.ts';
import { passagesOf } from '../search/passages.ts';
import { byRank, type Fitted, likelihood } from '../search/ranking.ts';
import { createSignReader } from '../search/signs.ts';
import { canBeTheSame } from './compare.ts';
import { INCIDENTS, incidentDocument, incidentDocumentId } from './incident-document.ts';

export type IncidentMemoryOptions = {
  finder: Finder;
  documents: DocumentStore;
  /**
   * Brings the vectors to what the documents say. It may fail: words find what was remembered meanwhile.
   */
  index: () => Promise<unknown>;
  clock: Clock;
  logger: Logger;
};

/**
 * From test/bench/knowledge-fit.ts: how likely it is that an incident is the same thing come back, fitted on
 * written incidents, their paraphrases, and their nearest neighbours.
 */
const SAME: Fitted = {
  weights: {
    lexical: 3.48,
    passage: 0,
    coverage: 5.07,
    likeness: 5.03,
    known: 0,
    lead: 10.18,
    length: 0,
  },
  bias: -6.78,
};
/** Two incidents taken for one hide one of them, so this is far from even. */
const CERTAIN = 0.95;

export function createIncidentMemory(options: IncidentMemoryOptions): IncidentMemory {
  const { finder, documents, index, clock, logger } = options;

  async function bringVectors(): Promise<void> {
    try {
      await index();
    } catch (error) {
      logger.warn('vectors of a past incident must wait', { collection: INCIDENTS }, error);
    }
  }

  return {
    async remember(incident) {
      await documents.put(incidentDocument(incident, clock.now()));
      await bringVectors();
    },

    async forget(incidentId) {
      await documents.remove([incidentDocumentId(incidentId)]);
      await bringVectors();
    },

    async similar(text, { limit, except }) {
      const found = await finder.find(text, {
        filter: {
          collection: INCIDENTS,
          kind: 'incident',
          ...(except === undefined ? {} : { exceptDocument: incidentDocumentId(except) }),
        },
      });
      const ranked = byRank(found.candidates);
      const signsOf = createSignReader(
        text,
        found,
        ranked.map(({ rank }) => rank),
      );
      const best = ranked.slice(0, limit);
      const stored = await documents.load(best.map(({ candidate }) => candidate.document.id));
      const byId = new Map(stored.map((one) => [one.document.id, one]));
      let least = 1;
      const incidents = best.flatMap(({ candidate, rank }): SimilarIncident[] => {
        const one = byId.get(candidate.document.id);
        // Gone since it was indexed.
        if (!one) return [];
        const [nearest] = passagesOf(candidate, one, found.leastSimilarity);
        const [report] = one.chunks;
        if (!nearest || !report) return [];
        least = Math.min(least, likelihood(signsOf(nearest, rank), SAME));
        return toSimilar(one, least, least >= CERTAIN && canBeTheSame(text, report.text));
      });
      return { incidents, degraded: found.degraded };
    },
  };
}

function toSimilar(
  { document }: StoredDocument,
  score: number,
  recurrence: boolean,
): SimilarIncident[] {
  const { title, href, category, incident } = document;
  // What is in this collection but came from elsewhere is no incident.
  if (!incident || !category) return [];
  return [{ ...incident, title, category, score, recurrence, ...(href ? { href } : {}) }];
}
