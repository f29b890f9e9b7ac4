import type { Passage } from '../ports/knowledge.ts';
import { isAfterwards, isSoughtIn, type Wish, wishOf } from './intent.ts';
import { type Sentence, sentencesIn } from './sentences.ts';
import { shareOf } from './support.ts';
import { wordsOf } from './words.ts';

export type CitedSentence = {
  text: string;
  /** Positions in the answer's sources. */
  sources: number[];
};

const MOST_SENTENCES = 5;
/** Passages of other pages than the best. */
const MOST_OTHERS = 2;
/** A sentence far below the best one answers something else. */
const LEAST_OF_BEST = 0.4;
/** So far below the best one, another page is about something else. */
const LEAST_OTHER = 0.6;
/** What stands under a fitting heading answers, even if it repeats no word of the question. */
const UNDER_TITLE = 0.5;
/** What stands in the part of a page that the question is after. */
const SOUGHT = 0.7;
/** Of steps the first ones are for the first minutes. */
const LATER_STEP = 0.06;
/** What a step is checked by, what may go wrong with it and what takes it back, unless that is asked. */
const BESIDES = new Set(['check', 'risk', 'undo', 'note']);
const AFTERWARDS = 0.4;
/** Shorter ones announce what follows. */
const SHORTEST = 8;
/** A page asks in order to answer in what follows. */
const QUESTION = 0.5;

type Candidate = Sentence & {
  source: number;
  position: number;
  score: number;
  /** It stands in the part of its page that the question is after. */
  isSought: boolean;
};

/** The sentences of the best passages that speak to the question: what it is after first, then as they stand there. */
export function extract(question: string, passages: readonly Passage[]): CitedSentence[] {
  const [best] = passages;
  if (!best) return [];
  const others = new Set(
    passages
      .filter(
        ({ documentId, score }) =>
          documentId !== best.documentId && score >= LEAST_OTHER * best.score,
      )
      .slice(0, MOST_OTHERS),
  );
  const wish = wishOf(question);
  const candidates = passages.flatMap((passage, source) =>
    passage.documentId === best.documentId || others.has(passage)
      ? scored(question, wish, passage, source)
      : [],
  );
  const highest = Math.max(...candidates.map(({ score }) => score));
  const chosen = candidates
    .filter(({ score }) => score > 0 && score >= LEAST_OF_BEST * highest)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, MOST_SENTENCES);
  const told = withCompanions(chosen, candidates);
  const first = new Set(told.filter(({ isSought }) => isSought).map(placeOf));
  return told
    .toSorted(
      (a, b) =>
        Number(first.has(placeOf(b))) - Number(first.has(placeOf(a))) ||
        a.source - b.source ||
        a.position - b.position,
    )
    .map(({ text, source, isCode }) => ({
      text: isCode ? `\`${text}\`` : text,
      sources: [source],
    }));
}

/** A step with all that belongs to it, or a section. */
const placeOf = ({ source, heading, step }: Candidate) => `${source} ${step} ${heading}`;

function scored(question: string, wish: Wish, passage: Passage, source: number): Candidate[] {
  // The words of a name such as KubeNodeNotReady count too.
  const asked = wordsOf(question.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2'));
  const about = shareOf(asked, wordsOf([passage.title, ...passage.section].join(' ')));
  const section = passage.section.at(-1)?.toLowerCase() ?? '';
  return sentencesIn(passage.text).map((sentence, position) => {
    const { text, heading, label, step, isCode } = sentence;
    const isBeside = BESIDES.has(label) && !wish.labels.has(label);
    const under = heading || section;
    const isSought = isSoughtIn(wish, under, label);
    const sought = isSought ? SOUGHT - LATER_STEP * Math.max(0, step - 1) : 0;
    const worth =
      (shareOf(asked, wordsOf(text)) + sought + UNDER_TITLE * about) *
      (text.endsWith('?') ? QUESTION : 1);
    const score = isCode || isBeside || text.length < SHORTEST ? 0 : worth * passage.score;
    return {
      ...sentence,
      source,
      position,
      isSought,
      score: isAfterwards(wish, under) ? AFTERWARDS * score : score,
    };
  });
}

/** A step is shown with its command, and what may go wrong with the step, in the place of the weakest sentences. */
function withCompanions(chosen: readonly Candidate[], all: readonly Candidate[]): Candidate[] {
  const kept = new Set<Candidate>();
  for (const one of chosen) {
    const ofStep = all.filter(
      (other) =>
        one.step > 0 &&
        other.source === one.source &&
        other.heading === one.heading &&
        other.step === one.step,
    );
    const [lead] = ofStep;
    const command = ofStep.find(({ isCode, position }) => isCode && position > one.position);
    const together = BESIDES.has(one.label) ? [lead, one] : [one, command];
    for (const part of together) if (part && kept.size < MOST_SENTENCES) kept.add(part);
  }
  return [...kept];
}
