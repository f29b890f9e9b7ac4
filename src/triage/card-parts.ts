import type { CardElement, RichText, Span } from '../domain/card.ts';
import type { Incident } from '../domain/incident.ts';
import type { Step, Triage, TriageDetail } from '../domain/triage.ts';

const SHOWN = { similar: 2, sources: 3, steps: 3, words: 4 };
const WEEK_MS = 7 * 24 * 3_600_000;
const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth'];

type Similar = TriageDetail['similar'][number];

/** "Third time this week", with links to the earlier ones. */
export function recurrenceNotice(
  { similar }: TriageDetail,
  incident: Incident,
): CardElement | undefined {
  const again = similar.filter(({ recurrence }) => recurrence);
  if (again.length === 0) return undefined;
  const thisWeek = again.filter(
    ({ resolvedAt }) => incident.createdAt.getTime() - resolvedAt.getTime() < WEEK_MS,
  );
  const often = thisWeek.length > 0;
  const times = ORDINALS[thisWeek.length] ?? `${thisWeek.length + 1}th`;
  const lead = often ? `${capitalised(times)} time this week: ` : 'This happened before: ';
  const links = (often ? thisWeek : again)
    .slice(0, SHOWN.sources)
    .flatMap((one, i): Span[] => [...(i > 0 ? [', '] : []), ...link(one)]);
  return { kind: 'notice', tone: 'info', text: [lead, ...links, '.'] };
}

function link({ title, href }: Pick<Similar, 'title' | 'href'>): Span[] {
  return [href === undefined ? title : { text: title, href }];
}

/** Which words of the report decided, and what was read. */
export function whyText(triage: Triage, wordsOf: Triage): RichText {
  const quoted = (words: readonly string[]) =>
    words
      .slice(0, SHOWN.words)
      .map((word) => `“${word}”`)
      .join(', ');
  const parts: string[] = [];
  if (wordsOf.category === triage.category) {
    const { because, despite } = wordsOf;
    parts.push(because.length > 0 ? `${quoted(because)}.` : 'no telling words in the report.');
    if (despite.length > 0) parts.push(`Against it: ${quoted(despite)}.`);
  }
  if (triage.detail.reasoning !== undefined) parts.push(triage.detail.reasoning);
  return [{ text: 'Why: ', style: 'bold' }, parts.join(' ')];
}

export function similarElement({ similar }: TriageDetail): CardElement[] {
  if (similar.length === 0) return [];
  return [
    {
      kind: 'sources',
      title: 'Looks like',
      sources: similar.slice(0, SHOWN.similar).map(({ title, href, fix, resolvedAt }) => ({
        title: `${title}, ${resolvedAt.toISOString().slice(0, 10)}`,
        ...(href === undefined ? {} : { href }),
        quote: fix === undefined ? 'What fixed it was not said.' : `Fixed by: ${fix}`,
      })),
    },
  ];
}

export function sourcesElement({ citations }: TriageDetail): CardElement[] {
  if (citations.length === 0) return [];
  return [
    {
      kind: 'sources',
      title: 'Runbooks',
      sources: citations.slice(0, SHOWN.sources).map(({ title, href, quote }) => ({
        title,
        ...(href === undefined ? {} : { href }),
        // One line under a source that opens is enough; one that does not is all there is to read.
        ...(quote === undefined || href !== undefined ? {} : { quote }),
      })),
    },
  ];
}

export function stepsElement({ steps }: TriageDetail): CardElement[] {
  if (steps.length === 0) return [];
  const shown = steps.slice(0, SHOWN.steps).map(cardStep);
  return [{ kind: 'steps', title: 'Next steps', steps: shown }];
}

function cardStep({ text, from, command, dangerous, check, risk, rollback }: Step) {
  const source: Span[] = from === undefined ? [] : [' ', { text: `(${from})`, style: 'italic' }];
  return {
    text: [text, ...source],
    dangerous,
    ...(command === undefined ? {} : { command }),
    ...(check === undefined ? {} : { check }),
    ...(risk === undefined ? {} : { risk }),
    ...(rollback === undefined ? {} : { rollback }),
  };
}

/** Cuts at a word where one is near, and never inside a surrogate pair. */
export function excerpt(text: string, limit = 280): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const letters = [...line.slice(0, limit * 2)];
  if (letters.length <= limit) return line.length <= limit * 2 ? line : `${letters.join('')}…`;
  const cut = letters.slice(0, limit).join('');
  const space = cut.lastIndexOf(' ');
  return `${space > limit * 0.7 ? cut.slice(0, space) : cut}…`;
}

export function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
