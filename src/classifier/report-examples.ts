import type { FeatureVector } from './features.ts';
import type { FoldedExample } from './softmax.ts';
import type { LabelledText, Talk } from './training-set.ts';

/** Whether a message in a channel for incidents reports trouble, or is one of the many others. */
export const REPORT_LABELS = ['talk', 'report'] as const;
const TALK = REPORT_LABELS.indexOf('talk');
const REPORT = REPORT_LABELS.indexOf('report');

type Voice = LabelledText['voice'] | Talk['voice'];

/** Kinds of talk, each time with people who report in one way, are held out together to calibrate. */
const HELD_OUT_TOGETHER: readonly (readonly Voice[])[] = [
  ['progress', 'acknowledgement', 'pointer'],
  ['chat', 'question', 'request', 'social'],
  ['support', 'discussion', 'planning', 'handover'],
  ['pager', 'resolved', 'maintenance', 'coordination', 'notice'],
];

/** There are about two reports for one piece of talk or short report; repeated, all weigh about alike. */
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
  const said = talk.flatMap(({ voice }, i): FoldedExample[] =>
    Array(REPEATED).fill({
      vector: talkVectors[i] as FeatureVector,
      label: voice === 'report' ? REPORT : TALK,
      // Short reports are the only ones of their kind: without a part of them none would be known.
      fold: voice === 'report' ? i % HELD_OUT_TOGETHER.length : foldOf(voice),
    }),
  );
  return [...reports, ...said];
}

function foldOf(voice: Voice): number {
  return HELD_OUT_TOGETHER.findIndex((voices) => voices.includes(voice));
}
