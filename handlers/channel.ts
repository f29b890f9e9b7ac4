import { type Card, textCard } from '../src/domain/card.ts';
import { NOBODY_ON_CALL } from '../src/domain/channel.ts';
import type { CommandEvent } from '../src/domain/event.ts';
import type { ChannelMode, ChannelSettings } from '../src/ports/channel-store.ts';
import type { Answer, HandlerContext } from './context.ts';

const MODE_WORDS: Record<ChannelMode, string> = {
  quiet: 'Quiet here from now on: one card an incident, edited in place, and nothing else.',
  verbose: 'From now on I also say in the thread when a verdict changes.',
  off: 'Off here from now on: I only answer when asked.',
};

/** `/triage watch` and `/triage watch off`. */
export async function watch(
  context: HandlerContext,
  event: CommandEvent,
  rest: string,
): Promise<Answer> {
  const watched = rest.toLowerCase() !== 'off';
  return change(
    context,
    event,
    { watched },
    watched
      ? 'Watching: every new message here that reports trouble gets a card in its thread. /triage watch off ends it.'
      : 'No longer watching this channel.',
  );
}

/** `/triage oncall @somebody`, `/triage oncall off`. */
export async function setOnCall(
  context: HandlerContext,
  event: CommandEvent,
  rest: string,
): Promise<Answer> {
  const none = rest.toLowerCase() === 'off';
  const id = rest.replace(/^<?[@!]/, '').replace(/(\|[^>]*)?>?$/, '');
  return change(
    context,
    event,
    { onCall: none ? NOBODY_ON_CALL : id },
    none
      ? 'Nobody is called from this channel any more.'
      : 'Noted: I call them here when I am unsure and nobody else can help.',
  );
}

/** `/triage quiet`, `verbose` and `off`. */
export async function setMode(
  context: HandlerContext,
  event: CommandEvent,
  mode: ChannelMode,
): Promise<Answer> {
  return change(context, event, { mode }, MODE_WORDS[mode]);
}

/** The answer says how all of it stands now: settings are changed from elsewhere too. */
async function change(
  context: HandlerContext,
  event: CommandEvent,
  settings: Partial<ChannelSettings>,
  sentence: string,
): Promise<Answer> {
  const { where, actor } = event;
  const [now, name] = await Promise.all([
    context.channels.change(where, settings, actor.id, context.clock.now()),
    context.channelName(where),
  ]);
  const card: Card = textCard(sentence);
  card.elements.push({ kind: 'context', text: `#${name} now: ${inWords(now)}.` });
  return { outcome: 'recorded', card };
}

function inWords({ mode, watched, onCall }: ChannelSettings): string {
  return [
    mode,
    watched ? 'every message that reports trouble gets a card' : 'not watched',
    onCall === undefined || onCall === NOBODY_ON_CALL
      ? 'nobody of its own on call'
      : 'somebody of its own on call',
  ].join(', ');
}
