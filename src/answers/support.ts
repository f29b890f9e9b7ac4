import { sentencesIn } from './sentences.ts';
import { stem, type Words, wordsOf } from './words.ts';

/** The share of a sentence's words that its source must have; the rest is how people join words. */
const LEAST_SHARE = 0.6;
/** So many words after what is done stands what it is done to. */
const OBJECT_WITHIN = 3;

/** What is done to a system: none may be made up, and none done to something else. */
const ACTIONS = new Set(
  `abort add allow attach block change clear close configure cordon create decrease delete deny deploy detach disable
   disconnect drain drop enable evict expire export fail failover fence flush force format grant grow halt import
   increase install isolate kill lock lower merge migrate modify mount move open pause promote purge raise reboot
   reconfigure redeploy reduce reinstall reload remove rename replace reset resize restart restore resume revert revoke
   rollback rotate run scale set shrink shutdown skip start stop sudo suspend switch terminate truncate turn
   uninstall unlock unmount upgrade wipe rm`
    .split(/\s+/)
    .map(stem),
);

const OPPOSITES = new Map<string, string>();
for (const [one, other] of [
  ['before', 'after'],
  ['above', 'below'],
  ['over', 'under'],
  ['more', 'less'],
  ['more', 'fewer'],
  ['up', 'down'],
  ['on', 'off'],
  ['first', 'last'],
  ['always', 'only'],
  ['high', 'low'],
  ['fast', 'slow'],
  ['safe', 'dangerous'],
] as const) {
  OPPOSITES.set(stem(one), stem(other));
  OPPOSITES.set(stem(other), stem(one));
}

/** What stands on either side of these cannot change places. */
const BETWEEN = new Set(['behind', 'before', 'after', 'than', 'from', 'into', 'instead'].map(stem));
/** After these, or at the beginning, a word for doing something is an order. */
const LEADS_TO_ACTION = new Set(
  ['and', 'then', 'to', 'or', 'not', 'never', 'must', 'should', 'can', 'please', 'by'].map(stem),
);

/**
 * Whether one place of the sources says what the sentence says: every number, name and command of it, most of its
 * words, the same things done to the same things, and nothing denied that is asserted there. What is put together
 * from several places says something that none of them says.
 */
export function isSupported(sentence: string, sources: readonly string[]): boolean {
  const claim = wordsOf(sentence);
  if (claim.soft.size + claim.hard.size === 0) return false;
  const places = sources.flatMap(placesIn);
  const everywhere = wordsOf(places.join('\n'));
  return places.some((place) => says(place, sentence, claim, everywhere));
}

/** Sentences, and steps of a list with their commands. */
function placesIn(source: string): string[] {
  const steps = new Map<string, string>();
  const sentences: string[] = [];
  for (const { text, heading, step, label } of sentencesIn(source)) {
    sentences.push(text);
    if (step === 0 || label !== '') continue;
    const key = `${heading}\n${step}`;
    steps.set(key, `${steps.has(key) ? `${steps.get(key)} ` : ''}${text}`);
  }
  return [...sentences, ...steps.values()];
}

function says(place: string, sentence: string, claim: Words, everywhere: Words): boolean {
  const said = wordsOf(place);
  const letters = place.toLowerCase();
  for (const word of claim.hard) if (!said.hard.has(word) && !letters.includes(word)) return false;
  for (const word of claim.soft) {
    if (said.soft.has(word)) continue;
    // From another place, or something to do that nobody wrote.
    if (everywhere.soft.has(word) || ACTIONS.has(word)) return false;
  }
  if (shareOf(claim, said) < LEAST_SHARE || said.negated !== claim.negated) return false;
  const [ours, theirs] = [inOrder(sentence), inOrder(place)];
  return (
    !turnsRound(ours, theirs) &&
    keepsNumbers(ours, theirs) &&
    keepsObjects(ours, theirs) &&
    keepsSides(ours, theirs)
  );
}

/** Every word, stemmed, as it stands. */
function inOrder(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}_./\\=@:%$-]+/gu) ?? [];
  return words.map((word) => stem(word.replace(/^[.:,/-]+|[.:,/-]+$/g, ''))).filter(Boolean);
}

function turnsRound(ours: readonly string[], theirs: readonly string[]): boolean {
  return ours.some((word) => {
    const opposite = OPPOSITES.get(word);
    return opposite !== undefined && !theirs.includes(word) && theirs.includes(opposite);
  });
}

function keepsNumbers(ours: readonly string[], theirs: readonly string[]): boolean {
  const numbers = (words: readonly string[]) => words.filter((word) => /^\d/.test(word));
  let at = 0;
  const all = numbers(theirs);
  for (const number of numbers(ours)) {
    at = all.indexOf(number, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

const isContent = (word: string) => {
  const { soft, hard } = wordsOf(word);
  return soft.size + hard.size > 0;
};

/** What is done to something there is done to the same here. */
function keepsObjects(ours: readonly string[], theirs: readonly string[]): boolean {
  const there = theirs.filter(isContent);
  return ours.every((word, i) => {
    const before = ours[i - 1];
    const isOrder = ACTIONS.has(word) && (before === undefined || LEADS_TO_ACTION.has(before));
    const object = ours.slice(i + 1).find(isContent);
    if (!isOrder || object === undefined || !there.includes(object)) return true;
    return there.some(
      (other, j) => other === word && there.slice(j + 1, j + 1 + OBJECT_WITHIN).includes(object),
    );
  });
}

function keepsSides(ours: readonly string[], theirs: readonly string[]): boolean {
  return ours.every((word, i) => {
    if (!BETWEEN.has(word) || !theirs.includes(word)) return true;
    const before = ours.slice(0, i).findLast(isContent);
    const after = ours.slice(i + 1).find(isContent);
    const at = theirs.indexOf(word);
    const isSwapped = (
      one: string | undefined,
      side: readonly string[],
      other: readonly string[],
    ) => one !== undefined && !side.includes(one) && other.includes(one);
    const [left, right] = [theirs.slice(0, at), theirs.slice(at + 1)];
    return !isSwapped(before, left, right) && !isSwapped(after, right, left);
  });
}

/** How much of `asked` stands in `text`. */
export function shareOf(asked: Words, text: Words): number {
  const all = asked.soft.size + asked.hard.size;
  if (all === 0) return 0;
  let found = 0;
  for (const word of asked.soft) if (text.soft.has(word)) found += 1;
  for (const word of asked.hard) if (text.hard.has(word)) found += 1;
  return found / all;
}
