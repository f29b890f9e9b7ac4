import type {
  ActionEvent,
  CommandEvent,
  Event,
  MessageEvent,
  VoteEvent,
} from '../../src/domain/event.ts';
import type { ConsoleMessage } from '../../src/ports/console-log.ts';
import type { ActionInput, CommandInput, Happening, VoteInput } from './input.ts';
import { placeOf } from './place.ts';

/** `@Sitrep`, perhaps followed by the word `triage`, at the start of a message. */
const MENTION = /^\s*@sitrep(?:\s+|[:,]\s*|$)(?:\/?triage(?:\s+|$))?/i;

export function commandEvent(input: CommandInput, at: Date): CommandEvent {
  return { kind: 'command', ...happening(input, at), text: input.text };
}

export function voteEvent(input: VoteInput, at: Date): VoteEvent {
  const { incidentId, value } = input;
  return { kind: 'vote', ...happening(input, at), incidentId, value };
}

export function actionEvent(input: ActionInput, at: Date): ActionEvent {
  const { incidentId, action, value } = input;
  return {
    kind: 'action',
    ...happening(input, at),
    incidentId,
    action,
    ...(value === undefined ? {} : { value }),
  };
}

/** A message that speaks to the product by name is a command, and its answer belongs in its thread. */
export function messageEvent(message: ConsoleMessage, text: string): MessageEvent | CommandEvent {
  const { id, channel, thread, author, createdAt } = message;
  const base = { occurrence: id, actor: author, at: createdAt.toISOString() };
  if (MENTION.test(text)) {
    const where = placeOf(channel, thread ?? id);
    return { kind: 'command', ...base, where, text: text.replace(MENTION, '') };
  }
  const where = placeOf(channel, thread);
  return { kind: 'message', ...base, where, messageId: id, channelName: channel, text };
}

function happening(
  input: Happening,
  at: Date,
): Pick<Event, 'occurrence' | 'where' | 'actor' | 'at'> {
  return {
    occurrence: input.id,
    where: placeOf(input.channel, input.thread),
    actor: { ...input.actor, isBot: false },
    at: at.toISOString(),
  };
}
