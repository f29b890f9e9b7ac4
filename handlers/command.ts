import { type Card, textCard } from '../src/domain/card.ts';
import { COMMANDS, type CommandName } from '../src/domain/commands.ts';
import { type CommandEvent, eventKey } from '../src/domain/event.ts';
import { ask, searchKnowledge } from './ask.ts';
import { catchUp, draftPostmortem } from './catch-up.ts';
import { setMode, setOnCall, watch } from './channel.ts';
import type { Answer, HandlerContext } from './context.ts';
import { escalate } from './escalate.ts';
import { addEvidence } from './evidence.ts';
import { explain } from './explain.ts';
import { joinOpen } from './join.ts';
import { analyseLogs } from './logs.ts';
import { parseCommand } from './parse-command.ts';
import { report } from './report.ts';
import { resolveHere } from './resolve.ts';
import { showSimilar } from './similar.ts';
import { statusCard } from './status.ts';
import { isCourtesy, isTalk } from './talk.ts';

type Handle = (context: HandlerContext, event: CommandEvent, rest: string) => Promise<Answer>;

const HANDLERS: Record<CommandName, Handle> = {
  help: async () => ({ outcome: 'answered', card: helpCard() }),
  status: async (context, event) => ({
    outcome: 'answered',
    card: await statusCard(context, event),
  }),
  ask,
  search: searchKnowledge,
  logs: analyseLogs,
  rca: explain,
  similar: showSimilar,
  escalate,
  resolve: onceOnly(resolveHere),
  catchup: catchUp,
  postmortem: draftPostmortem,
  watch: onceOnly(watch),
  oncall: onceOnly(setOnCall),
  quiet: onceOnly((context, event) => setMode(context, event, 'quiet')),
  verbose: onceOnly((context, event) => setMode(context, event, 'verbose')),
  off: onceOnly((context, event) => setMode(context, event, 'off')),
};

/** Thanks need no answer. */
type Silence = { outcome: 'ignored' };

/** `/triage` and what follows: a command, or a report in one's own words. */
export async function onCommand(
  context: HandlerContext,
  event: CommandEvent,
): Promise<Answer | Silence> {
  if (event.isReport) return onReport(context, event);
  const parsed = parseCommand(event.text);
  switch (parsed.kind) {
    case 'command':
      return HANDLERS[parsed.name](context, event, parsed.rest);
    case 'report':
      return onOwnWords(context, event);
    case 'incomplete':
      return answered(`Say /triage ${parsed.usage}.`);
    case 'unknown':
      return answered(
        `There is no /triage ${parsed.word}; did you mean /triage ${parsed.nearest}? To report an incident, say in a few words what is wrong.`,
      );
  }
}

/** A report, unless it is said where an incident lives, or is too little to be one. */
async function onOwnWords(context: HandlerContext, event: CommandEvent): Promise<Answer | Silence> {
  const known =
    event.where.thread === undefined ? undefined : await context.incidents.byThread(event.where);
  if (known && known.eventKey !== eventKey(event)) {
    if (isCourtesy(event.text)) return { outcome: 'ignored' };
    if (QUESTION.test(event.text)) return ask(context, event, event.text.trim());
    await addEvidence(context, event, known);
    return { outcome: 'recorded', card: textCard('Read. The card changes if the verdict does.') };
  }
  if (!known && isTalk(event.text, context.classifier)) {
    return answered(
      'Say in a few more words what is wrong and I triage it. /triage help lists what else I do.',
    );
  }
  return onReport(context, event);
}

const QUESTION =
  /\?\s*$|^\s*(?:what|who|whom|when|where|why|which|how|is|are|was|were|does|do|did|can|could|should|shall)\b/i;

async function onReport(context: HandlerContext, event: CommandEvent): Promise<Answer> {
  const known =
    event.where.thread === undefined ? undefined : await context.incidents.byThread(event.where);
  if (known && known.eventKey !== eventKey(event)) {
    const card = textCard('This thread already has an incident. Its card is up there.');
    return { outcome: 'ignored', card };
  }
  const joined = await joinOpen(context, event);
  if (joined) return joined;
  const { outcome } = await report(context, event, event.where);
  const sentence =
    outcome === 'recorded' ? 'On it. The card comes here.' : 'Already on it. The card is here.';
  return { outcome, card: textCard(sentence) };
}

/**
 * For commands that change what a later one may change back, so that a late retry must not act again. Noted
 * last: a crash before that repeats the whole command, which by then has the same effect.
 */
function onceOnly(handle: Handle): Handle {
  return async (context, event, rest) => {
    const key = eventKey(event);
    if (await context.inbox.has(key)) {
      return { outcome: 'duplicate', card: textCard('Noted already.') };
    }
    const answer = await handle(context, event, rest);
    await context.inbox.note(key, context.clock.now());
    return answer;
  };
}

function answered(sentence: string): Answer {
  return { outcome: 'answered', card: textCard(sentence) };
}

function helpCard(): Card {
  return {
    summary: 'Say /triage and what is wrong.',
    elements: [
      {
        kind: 'text',
        text: [
          'Say ',
          { text: '/triage', style: 'code' },
          ' and what is wrong, in your own words: ',
          { text: '/triage checkout is timing out since 10:05', style: 'code' },
        ],
      },
      {
        kind: 'facts',
        facts: COMMANDS.map((command) => ({
          label: `/triage ${command.usage}`,
          value: command.summary,
        })),
      },
      {
        kind: 'context',
        text: 'In a thread, mention me instead of /triage. What you write in the thread of an incident, I read as evidence.',
      },
    ],
  };
}
