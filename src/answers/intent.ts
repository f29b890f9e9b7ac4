/** What part of a page somebody is after. */
export type Wish = {
  headings: RegExp;
  /** Marked lines that are asked for themselves: `Risk:`, `Undo:`. */
  labels: ReadonlySet<string>;
};

const MEANING = /\b(?:meaning|overview|background|description|summary|about|symptoms?|causes?)\b/;
const IMPACT = /\b(?:impact|consequences?|effects?|severity)\b/;
const DIAGNOSIS =
  /\b(?:diagnos\w*|investigat\w*|triage|debug\w*|troubleshoot\w*|checks?|analysis)\b/;
const MITIGATION =
  /\b(?:mitigat\w*|resolution|resolv\w*|remed\w*|fix(?:es)?|recover\w*|solution|steps|actions?|what to do|first aid|workaround)\b/;
const VERIFY = /\b(?:verif\w*|validat\w*|confirm\w*|afterwards|prevention)\b/;

/** First match decides. */
const WISHES: readonly (readonly [RegExp, RegExp, string?])[] = [
  [/\b(?:risks?|risky|safe|safely|dangerous|danger|careful)\b/i, MITIGATION, 'risk'],
  [
    /\b(?:verify|verified|confirm|is it (?:over|fixed|solved)|know (?:that|if|whether) it)\b/i,
    VERIFY,
  ],
  [/\b(?:impact|consequences?|how bad|affected|what happens|hurt)\b/i, IMPACT],
  [
    /\b(?:check|find|found|investigate|diagnose|look|see|which|who|where|how do (?:i|we) know|debug|examined?|culprit|determine|tell apart|recogni[sz]e)\b/i,
    DIAGNOSIS,
  ],
  [
    /\b(?:why|reasons?|causes?|caused|mean|means|meaning|what (?:is|are) (?:a|an|the)?)\b/i,
    MEANING,
  ],
];

/** Who reports a fault without asking anything wants to get out of it. */
export function wishOf(question: string): Wish {
  const undo = /\b(?:undo|take back|revert) (?:it|this|that|the (?:step|change))\b/i.test(question)
    ? ['undo']
    : [];
  for (const [asked, headings, label] of WISHES) {
    if (asked.test(question)) {
      return { headings, labels: new Set([...undo, ...(label === undefined ? [] : [label])]) };
    }
  }
  return { headings: MITIGATION, labels: new Set(undo) };
}

/** What tells that it is over answers nobody who is in the middle of it. */
export const isAfterwards = ({ headings }: Wish, heading: string) =>
  headings !== VERIFY && VERIFY.test(heading);

export function isSoughtIn({ headings, labels }: Wish, heading: string, label: string): boolean {
  return labels.has(label) || (labels.size === 0 && headings.test(heading));
}
