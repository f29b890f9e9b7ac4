/** Words that say nothing about what is wrong, and how people say that they see it too. */
const EMPTY = new Set(
  `a an the is are was were be been it its this that there and or of to in on at for with by from we our us i my you
  hi hello hey all team folks everyone everybody please help anyone anybody someone somebody see seeing saw also too
  again still now currently right just seems seem looks look like getting get having have has here guys`.split(
    /\s+/,
  ),
);

/** Fewer words than this say too little to tell one matter from another, unless all are the same. */
const FEWEST = 3;
/** So much of the longer one has to stand in the shorter one. */
const SHARED = 0.7;

/**
 * Whether two people report the same in nearly the same words. In doubt they do not: a second card costs a
 * glance, and what is taken for something else is lost. One may say more than the other, never something else.
 */
export function isSameMatter(one: string, other: string): boolean {
  const [shorter, longer] = [wordsOf(one), wordsOf(other)].sort((a, b) => a.length - b.length);
  if (!shorter || !longer || shorter.length === 0) return false;
  const added = beyond(shorter, longer);
  if (added === undefined) return false;
  if (added.length === 0) return true;
  const isEnough = shorter.length >= FEWEST && shorter.length / longer.length >= SHARED;
  return isEnough && !added.some(tellsApart);
}

/** Whether somebody who says this has said nothing that was not in the report. */
export function isRepeat(report: string, said: string): boolean {
  const words = wordsOf(said);
  return words.length > 0 && beyond(words, wordsOf(report)) !== undefined;
}

/** What the longer one says beside all words of the shorter one, in their order; undefined when it lacks one. */
function beyond(shorter: readonly string[], longer: readonly string[]): string[] | undefined {
  let at = 0;
  const added = longer.filter((word) => {
    if (word !== shorter[at]) return true;
    at += 1;
    return false;
  });
  return at === shorter.length ? added : undefined;
}

/** Names of machines, numbers, and what turns a sentence around. */
function tellsApart(word: string): boolean {
  return /[\d_./-]/.test(word) || TURNS.has(word);
}

const TURNS = new Set(
  `not no never nothing without except only but another other different second new old
  fixed resolved recovered recovering solved over back ok okay fine up working works normal better`.split(
    /\s+/,
  ),
);

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .replace(/\bcan(?:not|['’]t)\b/g, 'can not')
    .replace(/n['’]t\b/g, ' not')
    .split(/[^\p{L}\p{N}_./-]+/u)
    .map((word) => word.replace(/^[./-]+|[./-]+$/g, ''))
    .filter((word) => word !== '' && !EMPTY.has(word));
}
