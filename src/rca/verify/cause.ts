import type { Facts } from '../facts.ts';
import { statementsOf } from '../words/clauses.ts';
import { wordsOf } from '../words/names.ts';
import { stem } from '../words/stem.ts';
import type { Fault } from './fault.ts';
import type { Mark } from './marks.ts';
import { isPlain } from './plain-words.ts';
import type { Sentence } from './sentence.ts';

/** A cause that the analysis knows nothing of: "a full disk caused the outage", "the culprit was the network". */
export function checkCause(sentence: Sentence, marks: readonly Mark[], facts: Facts): Fault[] {
  const isName = ({ start, end }: Mark) =>
    facts.isName(sentence.text.slice(start, end).toLowerCase());
  const guilty = rootWords(facts);
  for (const [i, mark] of marks.entries()) {
    const { roles } = mark;
    const isBlamed =
      roles.includes('root') &&
      // A service may be called "root".
      !isName(mark) &&
      (marks[i + 1]?.roles.includes('be') || marks[i + 1]?.roles.includes('colon'));
    const isBehind = roles.includes('passive') || roles.includes('because');
    const isAhead =
      roles.includes('cause') &&
      !isBehind &&
      (marks[i + 1]?.roles.some(
        (role) => role === 'trouble' || role === 'all' || role === 'this',
      ) ??
        false);
    if (!isBlamed && !isBehind && !isAhead) continue;
    const [from, to] = isAhead
      ? clauseBefore(marks, i)
      : clauseBehind(marks, isBlamed ? i + 1 : i, sentence.text.length);
    if (
      from >= to ||
      sentence.isQuoted(from) ||
      sentence.mentions.some(({ start, end }) => start < to && end > from)
    )
      continue;
    const telling = sentence.words.filter(
      ({ text, start, end }) => start >= from && end <= to && !isPlain(text) && !/\d/.test(text),
    );
    if (telling.length === 0) continue;
    const isKnown = isBlamed
      ? telling.some(({ text }) => guilty.has(stem(text)))
      : telling.some(({ text }) => facts.knows(text));
    if (isKnown) continue;
    const said = sentence.text.slice(telling[0]?.start ?? from, telling.at(-1)?.end ?? to);
    return [{ kind: 'unknown-cause', said, why: `The analysis does not name ${said} as a cause.` }];
  }
  return [];
}

const isStop = ({ roles }: Mark) =>
  roles.some(
    (role) =>
      role === 'pause' ||
      role === 'which' ||
      role === 'and' ||
      role === 'but' ||
      role === 'so' ||
      role === 'next' ||
      role === 'not',
  );

function clauseBefore(marks: readonly Mark[], at: number): [number, number] {
  const stop = marks.slice(0, at).findLastIndex(isStop);
  return [stop < 0 ? 0 : (marks[stop]?.end ?? 0), marks[at]?.start ?? 0];
}

function clauseBehind(marks: readonly Mark[], at: number, length: number): [number, number] {
  const rest = marks.slice(at + 1);
  const stop = rest.find(isStop);
  return [marks[at]?.end ?? length, stop?.start ?? length];
}

const cache = new WeakMap<Facts, ReadonlySet<string>>();

/** Words of what the analysis blames, and of what it says of how that came about. */
function rootWords(facts: Facts): ReadonlySet<string> {
  const known = cache.get(facts);
  if (known) return known;
  const { rootCause, chains } = facts.rca;
  const texts = [
    rootCause.service ?? '',
    rootCause.component ?? '',
    ...rootCause.evidence.flatMap(({ details }) => statementsOf(details ?? '')),
    ...chains.flatMap(({ steps }) => steps.slice(0, 1).map(({ kpiName }) => kpiName ?? '')),
  ];
  const words = new Set(texts.flatMap((text) => wordsOf(text).map(stem)));
  cache.set(facts, words);
  return words;
}
