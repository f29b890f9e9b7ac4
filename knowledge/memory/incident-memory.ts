import type { Clock } from '../../src/ports/clock.ts';
import type { DocumentStore, StoredDocument } from '../../src/ports/document-store.ts';
import type { IncidentMemory, SimilarIncident } from '../../src/ports/knowledge.ts';
import type { Logger } from '../../src/ports/logger.ts';
import type { Finder } from '../search/index.ts';
import { passagesOf } from '../search/passages.ts';
import { byRank, type Fitted, likelihood, type Signs } from '../search/ranking.ts';
import { createSignReader } from '../search/signs.ts';
import { type Comparison, compareReports } from './compare.ts';
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
 * How alike a past incident is, whatever it was about: the same fault of another service is worth showing. Fitted
 * as what follows, on these signs alone.
 */
const ALIKE: Fitted<'lexical' | 'coverage' | 'likeness' | 'lead'> = {
  weights: { lexical: 2.86, coverage: 4.97, likeness: 6.13, lead: 9.85 },
  bias: -7.25,
};

/** What tells whether a past incident has come back. */
export type ReturnSigns = Pick<Signs, 'lexical' | 'coverage' | 'likeness' | 'lead' | 'length'> &
  Pick<Comparison, 'pastLength' | 'apart' | 'otherNames'>;

/** From test/bench/knowledge-fit.ts, fitted on written incidents, their paraphrases, and others that are alike. */
const RETURNS: Fitted<keyof ReturnSigns> = {
  weights: {
    lexical: 1.05,
    coverage: 0.97,
    likeness: 2.7,
    lead: 10.4,
    length: 0.65,
    pastLength: 2.68,
    apart: -2.75,
    otherNames: -7.15,
  },
  bias: -12.89,
};
/** Two incidents taken for one hide one of them: at this, less than one in a hundred is. */
const CERTAIN = 0.65;

/** The signs of a past incident for a new report, with what comparing their words says besides. */
export function returnSigns(
  { lexical, coverage, likeness, lead, length }: Signs,
  said: string,
  past: string,
): ReturnSigns & { compared: Comparison } {
  const compared = compareReports(said, past);
  const { pastLength, apart, otherNames } = compared;
  return { lexical, coverage, likeness, lead, length, pastLength, apart, otherNames, compared };
}

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

    async similar(text, { limit, sight, except }) {
      const found = await finder.find(text, {
        filter: {
          collection: INCIDENTS,
          kind: 'incident',
          sight,
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
        const ownSigns = signsOf(nearest, rank);
        const { compared, ...signs } = returnSigns(ownSigns, text, report.text);
        least = Math.min(least, compared.same ? 1 : likelihood(ownSigns, ALIKE));
        const recurrence =
          compared.same || (!compared.different && likelihood(signs, RETURNS) >= CERTAIN);
        return toSimilar(one, least, recurrence);
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
