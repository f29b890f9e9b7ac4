import type { CleanText } from '../domain/clean-text.ts';
import { clean, normalise } from '../safety/index.ts';
import { withoutClaims } from './claims.ts';

/** A report as every rung reads it. */
export type Report = {
  /** Folded to plain letters, redacted, and without what it says about its own judgement. */
  read: CleanText;
  /** With these claims, when there were any: they may raise a severity, never lower it. */
  claimed?: CleanText;
  /** It tries to tell the judge what to say. */
  suspect: boolean;
};

/** Enough for any report; the middle of a longer one is a log, and logs have a reader of their own. */
const MOST_CHARACTERS = 60_000;

/** Rulers, padding and held keys say nothing, and the model would read pieces of words in them. */
const RUN = /([^\n])\1{19,}/gu;
/** Marks that call people and links with a name of their own: their words are no part of the report. */
const CALLS = /<!\w+[^>\n]{0,40}>|<@[\w|.-]{1,60}>|@(?:channel|here|everyone|all)\b/gi;
const NAMED_LINK = /<https?:\/\/[^|>\s]{1,2000}\|(?:https?:[^>\n]{0,300}|([^>\n]{0,300}))>/gi;

export function readReport(text: string): Report {
  const folded = normalise(text, { mostCharacters: 2 * MOST_CHARACTERS })
    .replace(RUN, ' ')
    .replace(CALLS, ' ')
    .replace(NAMED_LINK, (_, label: string | undefined) => label ?? ' ')
    .trim();
  const bounded = bothEnds(folded, MOST_CHARACTERS);
  const { text: rest, claims, suspect } = withoutClaims(bounded);
  return {
    read: clean(rest),
    ...(claims === 0 ? {} : { claimed: clean(bounded) }),
    suspect,
  };
}

function bothEnds(text: string, most: number): string {
  if (text.length <= most) return text;
  const half = Math.floor(most / 2);
  return `${text.slice(0, half)}\n${text.slice(-half)}`;
}
