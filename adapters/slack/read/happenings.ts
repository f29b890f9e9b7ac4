import type { VoteValue } from '../../../src/domain/event.ts';
import { type Delivery, type Identity, ignored } from './delivery.ts';
import { readMention, readMessage } from './messages.ts';
import {
  type Envelope,
  envelopeSchema,
  goodbyeSchema,
  homeOpenedSchema,
  joinedSchema,
  reactionSchema,
  renameSchema,
} from './payloads.ts';
import { placeOf, timeOf } from './place.ts';

const READERS: Record<string, (envelope: Envelope, identity: Identity) => Delivery> = {
  message: readMessage,
  app_mention: readMention,
  reaction_added: readReaction,
  reaction_removed: readReaction,
  app_home_opened: readHomeOpened,
  channel_rename: readRename,
  group_rename: readRename,
  member_joined_channel: readJoined,
};

/** The Events API: what happened in the workspace. */
export function readHappening(body: unknown, identity: Identity): Delivery {
  const envelope = envelopeSchema.safeParse(body);
  if (!envelope.success) return ignored('malformed');
  const read = READERS[envelope.data.event.type];
  return read ? read(envelope.data, identity) : ignored('unknown');
}

/** With any skin tone: `+1::skin-tone-4`. */
const THUMBS: Record<string, VoteValue> = {
  '+1': 'up',
  thumbsup: 'up',
  '-1': 'down',
  thumbsdown: 'down',
};

function readReaction(envelope: Envelope, identity: Identity): Delivery {
  const parsed = reactionSchema.safeParse(envelope.event);
  if (!parsed.success) return ignored('malformed');
  const { type, user, reaction, item, item_user } = parsed.data;
  const value = THUMBS[reaction.replace(/::.*$/, '')];
  const isOnOurs = item_user === undefined || item_user === identity.botUserId;
  if (user === identity.botUserId) return ignored('ourselves');
  if (value === undefined || !isOnOurs) return ignored('silent');
  if (item.type !== 'message' || item.channel === undefined || item.ts === undefined) {
    return ignored('silent');
  }
  return {
    kind: 'reaction',
    reaction: {
      channel: item.channel,
      message: item.ts,
      user,
      value,
      removed: type === 'reaction_removed',
      occurrence: [item.ts, user, reaction, whenOf(parsed.data, envelope)].join('/'),
    },
  };
}

function readHomeOpened(envelope: Envelope, identity: Identity): Delivery {
  const parsed = homeOpenedSchema.safeParse(envelope.event);
  if (!parsed.success) return ignored('malformed');
  const { user, channel, tab } = parsed.data;
  // The other tab is the conversation with us.
  if (tab !== undefined && tab !== 'home') return ignored('silent');
  const when = whenOf(parsed.data, envelope);
  return {
    kind: 'event',
    event: {
      kind: 'home',
      occurrence: `${user}/${when}`,
      where: placeOf(identity.workspace, channel ?? user),
      actor: { id: user, name: user, isBot: false },
      at: timeOf(when),
    },
    lookUp: { actor: true },
  };
}

/** What names one happening, the same in each of its deliveries. */
function whenOf(event: { event_ts?: string | undefined }, { event_time, event_id }: Envelope) {
  return event.event_ts ?? event_id ?? String(event_time ?? 0);
}

function readRename({ event }: Envelope): Delivery {
  const parsed = renameSchema.safeParse(event);
  if (!parsed.success) return ignored('malformed');
  return { kind: 'renamed', channel: parsed.data.channel.id, name: parsed.data.channel.name };
}

/** Others come and go without us. */
function readJoined({ event }: Envelope, identity: Identity): Delivery {
  const parsed = joinedSchema.safeParse(event);
  if (!parsed.success) return ignored('malformed');
  const { user, channel } = parsed.data;
  return user === identity.botUserId ? { kind: 'invited', channel } : ignored('silent');
}

/** The app was uninstalled, or the token that we act with is no longer good: asked before we know who we are. */
export function isGoodbye(body: unknown): boolean {
  const envelope = envelopeSchema.safeParse(body);
  return envelope.success && goodbyeSchema.safeParse(envelope.data.event).success;
}
