import type { FeatureVector } from './features.ts';
import type { FoldedExample } from './softmax.ts';
import { type LabelledText, reportsTrouble, type Talk } from './training-set.ts';

/** Whether a message in a channel for incidents reports trouble, or is one of the many others. */
export const REPORT_LABELS = ['talk', 'report'] as const;
const TALK = REPORT_LABELS.indexOf('talk');
const REPORT = REPORT_LABELS.indexOf('report');

type Voice = LabelledText['voice'] | Talk['voice'];

/**
 * Kinds of talk, each time with people who report in one way, are held out together to calibrate; kinds that
 * are told in like words (a question of either file) leave together.
 */
const HELD_OUT_TOGETHER: readonly (readonly Voice[])[] = [
  ['progress', 'acknowledgement', 'pointer', 'status', 'courtesy', 'pointing', 'symptom'],
  ['chat', 'question', 'request', 'social', 'asking', 'hurried', 'seen'],
  [
    'support',
    'discussion',
    'planning',
    'handover',
    'hypothesis',
    'explaining',
    'intention',
    'roundup',
    'headline',
  ],
  ['pager', 'resolved', 'maintenance', 'coordination', 'notice', 'story', 'measured', 'cause'],
];

/** Long reports would drown what is said in a few words; repeated, that weighs about twice as much. */
const REPEATED = 2;

/**
 * How people report, against what else they say. Monitors' alerts and logs would only teach that technical
 * words are reports, a summary after the fact is nothing new, and a text of low severity might as well be
 * talk: of all these nothing is learnt here.
 */
export function reportExamples(
  texts: readonly LabelledText[],
  vectors: readonly FeatureVector[],
  talk: readonly Talk[],
  talkVectors: readonly FeatureVector[],
): FoldedExample[] {
  const reports = texts.flatMap(({ voice, severity }, i): FoldedExample[] => {
    const fold = foldOf(voice);
    if (fold === -1 || severity === 'low') return [];
    return [{ vector: vectors[i] as FeatureVector, label: REPORT, fold }];
  });
  const short = talk.flatMap((said, i): FoldedExample[] =>
    Array(REPEATED).fill({
      vector: talkVectors[i] as FeatureVector,
      label: reportsTrouble(said) ? REPORT : TALK,
      // These are of no kind of their own, so a part of them leaves with each.
      fold: said.voice === 'report' ? i % HELD_OUT_TOGETHER.length : foldOf(said.voice),
    }),
  );
  return [...reports, ...short];
}

function foldOf(voice: Voice): number {
  return HELD_OUT_TOGETHER.findIndex((voices) => voices.includes(voice));
}
