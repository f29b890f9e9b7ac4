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
  const actor = authorOf(message, envelope, identity);
  if ('kind' in actor) return actor;
  // Whatever a person writes to us alone is meant for us.
  if (!actor.isBot && isDirect(message)) return commandOf(message, actor, identity, true);
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
    ...(actor.isBot ? {} : { reply: { channel: message.channel, user: actor.id } }),
  };
}

/** A mention of our name is a command, and its answer belongs into its thread. */
export function readMention(envelope: Envelope, identity: Identity): Delivery {
  const parsed = mentionSchema.safeParse(envelope.event);
  if (!parsed.success) return ignored('malformed');
  const actor = authorOf(parsed.data, envelope, identity);
  if ('kind' in actor) return actor;
  // Bots talk among themselves; their alerts arrive as messages.
  return actor.isBot ? ignored('silent') : commandOf(parsed.data, actor, identity, false);
}

/** What somebody said to us, in its thread or as the first of one. */
function commandOf(
  message: SlackMessage & { channel: string },
  actor: Actor,
  identity: Identity,
  direct: boolean,
): Delivery {
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
    reply: { channel: message.channel, user: actor.id, thread, ...(direct ? { direct } : {}) },
  };
}

/** `message_changed` also tells of link previews and new replies; only another text is an edit. */
function readChange(change: MessagePayload, envelope: Envelope, identity: Identity): Delivery {
  const { message, previous_message } = change;
  if (message === undefined) return ignored('malformed');
  if (message.subtype === 'tombstone') {
    return deletion(change, message.ts, previous_message, identity);
  }
  const actor = authorOf(message, envelope, identity);
  if ('kind' in actor) return actor;
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
  // Also of ours: that a card is gone is news.
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

/** Who said it, or why that is no concern of ours. */
function authorOf(message: Author, envelope: Envelope, identity: Identity): Actor | Delivery {
  if (isOurs(message, identity, envelope.api_app_id)) return ignored('ourselves');
  const shared = envelope.is_ext_shared_channel;
  if (isForeign(teamOf(message), identity, shared)) return ignored('foreign');
  return actorOf(message) ?? ignored('malformed');
}

/** By the app too: what answers a click or a command is posted without the bot's own user. */
function isOurs(message: Author, identity: Identity, app: string | undefined): boolean {
  if (message.user !== undefined && message.user === identity.botUserId) return true;
  if (message.bot_id === undefined) return false;
  return message.bot_id === identity.botId || (app !== undefined && message.app_id === app);
}

/** The kind of a conversation is in the first letter of its id too. */
function isDirect({ channel, channel_type }: MessagePayload): boolean {
  return channel_type === 'im' || channel.startsWith('D');
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
