import type { Sight } from '../domain/circle.ts';
import type { CleanText } from '../domain/clean-text.ts';
import type { Citation, TriageDetail } from '../domain/triage.ts';
import type {
  IncidentMemory,
  KnowledgeSearch,
  Passage,
  SimilarIncident,
} from '../ports/knowledge.ts';
import type { Logger } from '../ports/logger.ts';
import { within } from './within.ts';

/** What was found for a report. */
export type Evidence = {
  /** Passages of pages that fit, best first. */
  passages: Passage[];
  /** All that the best of these pages say, where steps are looked for. */
  pages: Passage[];
  similar: SimilarIncident[];
  degraded: string[];
  /** There is something that could be read at all. */
  canRead: boolean;
};

const PASSAGES = 8;
const SIMILAR = 4;
/** The card is promised within a second, so what is not found by then is missing from it. */
const SEARCH_MS = 700;
/** A past incident less alike than this would only distract. */
const ALIKE = 0.35;
const QUOTE = 220;
const PAGES_OPENED = 2;

export type Library = {
  search?: KnowledgeSearch | undefined;
  memory?: IncidentMemory | undefined;
  logger: Logger;
};

/** Reads runbooks and past incidents side by side; a part that is away is named and missed, never waited for. */
export async function gather(
  { search, memory, logger }: Library,
  text: CleanText,
  options: { sight: Sight; except?: string | undefined; signal?: AbortSignal | undefined },
): Promise<Evidence> {
  const degraded: string[] = [];
  const away = (part: string, sentence: string) => (error: unknown) => {
    degraded.push(sentence);
    logger.warn('A part was away while reading for a triage.', { part }, error);
    return undefined;
  };
  const { sight } = options;
  const except = options.except === undefined ? {} : { except: options.except };
  const [found, past] = await Promise.all([
    search &&
      within(SEARCH_MS, options.signal, (signal) =>
        search.search(text, { limit: PASSAGES, kind: 'page', sight, signal, ...except }),
      ).catch(away('knowledge', 'The runbooks could not be searched.')),
    memory &&
      within(SEARCH_MS, options.signal, () =>
        memory.similar(text, { limit: SIMILAR, sight, ...except }),
      ).catch(away('memory', 'Past incidents could not be searched.')),
  ]);
  const passages = found?.fits ? found.passages : [];
  return {
    passages,
    pages: await openBest(search, passages, away('knowledge', 'A runbook could not be opened.')),
    similar: (past?.incidents ?? []).filter(({ score }) => score >= ALIKE),
    degraded: [...new Set([...degraded, ...(found?.degraded ?? []), ...(past?.degraded ?? [])])],
    canRead: search !== undefined || memory !== undefined,
  };
}

/** The passage that fits is where a page says what it is about; what to do stands further down. */
async function openBest(
  search: KnowledgeSearch | undefined,
  passages: readonly Passage[],
  away: (error: unknown) => undefined,
): Promise<Passage[]> {
  if (!search) return [];
  const best = bestOfEach(passages).slice(0, PAGES_OPENED);
  const opened = await Promise.all(best.map((passage) => search.whole(passage).catch(away)));
  return opened.flatMap((whole) => whole ?? []);
}

/** The evidence as the triage keeps it: what can be opened, and what helped before. */
export function detailOf({
  passages,
  pages,
  similar,
}: Evidence): Pick<TriageDetail, 'citations' | 'similar'> {
  return {
    citations: bestOfEach(passages).map((passage) =>
      citation(passage, beginningOf(pages, passage)),
    ),
    similar: similar.map(({ id, title, href, fix, resolvedAt, score, recurrence }) => ({
      id,
      title,
      ...openable(href),
      ...(fix === undefined ? {} : { fix }),
      resolvedAt,
      score,
      recurrence,
    })),
  };
}

/** One passage a page, the best. */
export function bestOfEach(passages: readonly Passage[]): Passage[] {
  const seen = new Set<string>();
  return passages.filter(({ source }) => !seen.has(source) && seen.add(source));
}

/** Where a page says what it is about; the passage that fits may say how one sees that it is over. */
function beginningOf(pages: readonly Passage[], { source, text }: Passage): string {
  return pages.find((page) => page.source === source && quote(page.text) !== '')?.text ?? text;
}

function citation({ kind, source, title, href, score }: Passage, text: string): Citation {
  return {
    kind,
    source,
    title,
    ...openable(href),
    quote: quote(text),
    score: Math.min(1, Math.max(0, score)),
  };
}

/** Cards open web addresses only; whatever else a source says its address is stays text. */
function openable(href: string | undefined): { href?: string } {
  return href !== undefined && /^https?:\/\//.test(href) && URL.canParse(href) ? { href } : {};
}

/** The first words of a passage, without the marks of its format. */
function quote(text: string): string {
  const plain = text
    .replace(/^---\n[\s\S]*?\n---\n/, '')
    .replace(/^#+ .*$/gm, ' ')
    .replace(/[`*_>|]+/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  if (plain.length <= QUOTE) return plain;
  const cut = plain.slice(0, QUOTE).replace(/\p{Cs}/gu, '');
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), QUOTE / 2))}…`;
}
