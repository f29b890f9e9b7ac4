import { textCard } from '../src/domain/card.ts';
import { NOBODY_ON_CALL } from '../src/domain/channel.ts';
import type { CommandEvent } from '../src/domain/event.ts';
import type { ChannelMode } from '../src/ports/channel-store.ts';
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
  await change(context, event, { watched });
  return recorded(
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
  await change(context, event, { onCall: none ? NOBODY_ON_CALL : id });
  return recorded(
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
  await change(context, event, { mode });
  return recorded(MODE_WORDS[mode]);
}

async function change(
  context: HandlerContext,
  event: CommandEvent,
  settings: Parameters<HandlerContext['channels']['change']>[1],
): Promise<void> {
  await context.channels.change(event.where, settings, event.actor.id, context.clock.now());
}

function recorded(sentence: string): Answer {
  return { outcome: 'recorded', card: textCard(sentence) };
}
