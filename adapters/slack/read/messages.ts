import type { Actor, SharedFile } from '../../../src/domain/event.ts';
import { type Delivery, type Identity, ignored } from './delivery.ts';
import { readCommand } from './markup.ts';
import { messageText } from './message-text.ts';
import type { Envelope, MessagePayload, SlackMessage } from './payloads.ts';
import { mentionSchema, messageEventSchema } from './payloads.ts';
import { isForeign, placeOf, timeOf } from './place.ts';

/** Subtypes that are still somebody saying something. */
const SAID = new Set([undefined, 'bot_message', 'file_share', 'thread_broadcast', 'me_message']);

export function readMessage(envelope: Envelope, identity: Identity): Delivery {
  const parsed = messageEventSchema.safeParse(envelope.event);
  if (!parsed.success) return ignored('malformed');
  const message = parsed.data;
  if (message.subtype === 'message_changed') return readChange(message, envelope, identity);
  if (message.subtype === 'message_deleted') return readDeletion(message, identity);
  if (!SAID.has(message.subtype)) return ignored('silent');
  if (isOurs(message, identity)) return ignored('ourselves');
  if (isForeign(teamOf(message), identity, envelope.is_ext_shared_channel))
    return ignored('foreign');
  const actor = actorOf(message);
  if (actor === undefined) return ignored('malformed');
  if (!actor.isBot && message.channel_type === 'im') return readDirect(message, actor, identity);
  const files = (message.files ?? []).map(fileOf);
  // Slack delivers it a second time as a mention, which is the one that counts; only files are told of here alone.
  const isCommand = !actor.isBot && mentions(message, identity);
  if (isCommand && files.length === 0) return ignored('silent');
  return {
    kind: 'event',
    event: {
      kind: 'message',
      occurrence: message.ts,
      where: placeOf(identity.workspace, message.channel, threadOf(message)),
      actor,
      at: timeOf(message.ts),
      messageId: message.ts,
      channelName: '',
      text: isCommand ? '' : messageText(message),
      ...(files.length === 0 ? {} : { files }),
    },
    lookUp: { actor: !actor.isBot, channel: true },
  };
}

/** A mention of our name is a command, and its answer belongs into its thread. */
export function readMention(envelope: Envelope, identity: Identity): Delivery {
  const parsed = mentionSchema.safeParse(envelope.event);
  if (!parsed.success) return ignored('malformed');
  const message = parsed.data;
  if (isOurs(message, identity)) return ignored('ourselves');
  if (isForeign(teamOf(message), identity, envelope.is_ext_shared_channel))
    return ignored('foreign');
  const actor = actorOf(message);
  // Bots talk among themselves; their alerts arrive as messages.
  if (actor === undefined || actor.isBot) return ignored('silent');
  const thread = message.thread_ts ?? message.ts;
  return {
    kind: 'event',
    event: {
      kind: 'command',
      occurrence: message.ts,
      where: placeOf(identity.workspace, message.channel, thread),
      actor,
      at: timeOf(message.ts),
      text: commandText(message, identity),
    },
    lookUp: { actor: true },
    reply: { channel: message.channel, user: actor.id, thread },
  };
}

/** Whatever a person writes to us alone is meant for us. */
function readDirect(message: MessagePayload, actor: Actor, identity: Identity): Delivery {
  const thread = message.thread_ts ?? message.ts;
  return {
    kind: 'event',
    event: {
      kind: 'command',
      occurrence: message.ts,
      where: placeOf(identity.workspace, message.channel, thread),
      actor,
      at: timeOf(message.ts),
      text: commandText(message, identity),
    },
    lookUp: { actor: true },
    reply: { channel: message.channel, user: actor.id, thread, direct: true },
  };
}

/** `message_changed` also tells of link previews and new replies; only another text is an edit. */
function readChange(change: MessagePayload, envelope: Envelope, identity: Identity): Delivery {
  const { message, previous_message } = change;
  if (message === undefined) return ignored('malformed');
  if (message.subtype === 'tombstone') {
    return deletion(change, message.ts, previous_message, identity);
  }
  if (isOurs(message, identity)) return ignored('ourselves');
  if (isForeign(teamOf(message), identity, envelope.is_ext_shared_channel))
    return ignored('foreign');
  const actor = actorOf(message);
  if (actor === undefined) return ignored('malformed');
  const text = messageText(message);
  const before = previous_message && messageText({ ...previous_message, ts: message.ts });
  if (before === text) return ignored('silent');
  const at = message.edited?.ts ?? change.event_ts ?? change.ts;
  return {
    kind: 'event',
    event: {
      kind: 'edited',
      occurrence: `${message.ts}/${at}`,
      where: placeOf(identity.workspace, change.channel, threadOf(message)),
      actor,
      at: timeOf(at),
      messageId: message.ts,
      text,
    },
    lookUp: { actor: !actor.isBot },
  };
}

function readDeletion(event: MessagePayload, identity: Identity): Delivery {
  const ts = event.deleted_ts ?? event.previous_message?.ts;
  if (ts === undefined) return ignored('malformed');
  return deletion(event, ts, event.previous_message, identity);
}

function deletion(
  event: MessagePayload,
  ts: string,
  previous: MessagePayload['previous_message'],
  identity: Identity,
): Delivery {
  if (previous !== undefined && isOurs(previous, identity)) return ignored('ourselves');
  const actor = previous && actorOf(previous);
  return {
    kind: 'event',
    event: {
      kind: 'deleted',
      occurrence: ts,
      where: placeOf(identity.workspace, event.channel, threadOf({ ...previous, ts })),
      actor: actor ?? { id: 'unknown', name: 'Somebody', isBot: false },
      at: timeOf(event.event_ts ?? event.ts),
      messageId: ts,
    },
    ...(actor === undefined ? {} : { lookUp: { actor: !actor.isBot } }),
  };
}

type Author = { [Field in keyof SlackMessage]?: SlackMessage[Field] | undefined };

function isOurs(message: Author, identity: Identity): boolean {
  if (message.user !== undefined && message.user === identity.botUserId) return true;
  return message.bot_id !== undefined && message.bot_id === identity.botId;
}

function actorOf(message: Author): Actor | undefined {
  if (message.bot_id !== undefined) {
    const name = message.bot_profile?.name || message.username || message.bot_id;
    return { id: message.bot_id, name, isBot: true };
  }
  if (message.user === undefined) return undefined;
  return { id: message.user, name: message.user, isBot: false };
}

function teamOf(message: Author): string | undefined {
  return message.user_team ?? message.team;
}

/** A message that opens a thread names itself as its thread. */
function threadOf({ ts, thread_ts }: Pick<SlackMessage, 'ts' | 'thread_ts'>): string | undefined {
  return thread_ts === ts ? undefined : thread_ts;
}

function mentions(message: SlackMessage, identity: Identity): boolean {
  return new RegExp(`<@${identity.botUserId}(\\|[^>]*)?>`).test(message.text ?? '');
}

/** Without our name, and without the word that people type out of habit. */
function commandText(message: SlackMessage, identity: Identity): string {
  const own = new RegExp(`\\s*<@${identity.botUserId}(\\|[^>]*)?>[:,]?\\s*`);
  const markup = (message.text ?? '').replace(own, (_, __, at: number) => (at === 0 ? '' : ' '));
  return readCommand(markup.replace(/^\s*\/?triage(?:\s+|$)/i, ''));
}

function fileOf(file: NonNullable<SlackMessage['files']>[number]): SharedFile {
  return {
    id: file.id,
    name: file.name ?? file.id,
    mediaType: file.mimetype ?? 'application/octet-stream',
    bytes: file.size ?? 0,
  };
}
