import type { Action } from '../../domain/taxonomy.ts';
import type { Step } from '../../domain/triage.ts';
import type { Passage, SimilarIncident } from '../../ports/knowledge.ts';
import { assessCommand } from '../../safety/index.ts';
import { suggestionFor } from './action-step.ts';
import { byHeading } from './by-heading.ts';
import { type ListItem, listItems } from './list-items.ts';

const MITIGATION =
  /mitigat|remed|resol|recover|fix|repair|workaround|action|steps? to take|response/i;
const DIAGNOSIS = /diagnos|investigat|triage|troubleshoot|check|verify|debug/i;

export const MOST_STEPS = 6;
const MOST_OF_A_PAGE = 3;
/** A page that fits less than this is worth opening, but not worth acting on. */
const FITS = 0.5;
/** A past incident less alike than this says little about what will help now. */
const ALIKE = 0.6;

export type StepSources = {
  action: Action;
  passages?: readonly Passage[];
  similar?: readonly SimilarIncident[];
  /** What a second opinion recommends, and who gives it. */
  opinion?: { by: string; recommendations: readonly string[] };
};

/** What to do next, what helped before first; every step says where it comes from. */
export function recommendSteps(sources: StepSources): Step[] {
  const { action, passages = [], similar = [], opinion } = sources;
  const steps = [
    ...similar.flatMap(pastStep),
    ...runbookSteps(passages),
    ...(opinion?.recommendations ?? []).map((text) => assessed({ text }, opinion?.by)),
  ];
  const distinct = steps.filter(
    ({ text }, at) => steps.findIndex((other) => other.text === text) === at,
  );
  return distinct.length > 0 ? distinct.slice(0, MOST_STEPS) : [suggestionFor(action)];
}

function pastStep({ title, fix, score, recurrence }: SimilarIncident): Step[] {
  if (fix === undefined || fix.trim() === '' || (!recurrence && score < ALIKE)) return [];
  return [
    {
      ...assessed({ text: `What helped then: ${fix.trim()}` }, title),
      check: 'The symptoms of then are gone now as well.',
      risk: 'It looks alike and may still have another cause: compare before you repeat it.',
    },
  ];
}

/** Mitigation before diagnosis; a page's own order stays. */
function runbookSteps(passages: readonly Passage[]): Step[] {
  const pages = passages
    .filter(({ kind, score }) => kind === 'page' && score >= FITS)
    .flatMap(byHeading);
  const under = (heading: RegExp) =>
    pages
      .filter(({ section }) => heading.test(section.at(-1) ?? ''))
      .flatMap(({ source, title, text }) =>
        listItems(text).map((item) => ({ source, step: assessed(item, title) })),
      );
  const looks = under(DIAGNOSIS);
  const taken = new Map<string, number>();
  const steps = [...under(MITIGATION), ...looks].filter(({ source }) => {
    const before = taken.get(source) ?? 0;
    taken.set(source, before + 1);
    return before < MOST_OF_A_PAGE;
  });
  const [first] = steps;
  const look = looks.find(({ source, step }) => source === first?.source && !step.dangerous);
  // Nobody should begin with what cannot be taken back.
  return first?.step.dangerous && look
    ? [look.step, ...steps.filter((each) => each !== look).map(({ step }) => step)]
    : steps.map(({ step }) => step);
}

/** A command that could destroy something is marked, in whatever part of the step it stands. */
function assessed(item: ListItem, from: string | undefined): Step {
  const inText = [item.text, item.rollback ?? ''].some(mentionsDanger);
  const dangerous = inText || (item.command !== undefined && assessCommand(item.command).dangerous);
  return { ...item, dangerous, ...(from === undefined ? {} : { from }) };
}

/** Commands written into a sentence: the part from a program's name on is read as a command line. */
const COMMAND_IN_TEXT =
  /\b(?:sudo|rm|dd|mkfs\w*|kubectl|helm|git|docker|systemctl|psql|mysql|redis-cli|curl|wget|terraform|aws|gcloud|az|drop|truncate|delete|shutdown|reboot|kill|chmod|chown)\b[^.;,\n]*/gi;

function mentionsDanger(text: string): boolean {
  return [...text.matchAll(COMMAND_IN_TEXT)].some(([command]) => assessCommand(command).dangerous);
}
