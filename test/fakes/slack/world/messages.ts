import type { JsonObject } from '../json.ts';
import type { Message } from './records.ts';

/** What a new message may hold; the rest is empty. */
export type Draft = { channel: string } & Partial<
  Pick<
    Message,
    | 'threadTs'
    | 'user'
    | 'botId'
    | 'subtype'
    | 'text'
    | 'blocks'
    | 'attachments'
    | 'metadata'
    | 'files'
  >
>;

export type Change = {
  text?: string | undefined;
  blocks?: JsonObject[] | undefined;
  attachments?: JsonObject[] | undefined;
  metadata?: JsonObject | undefined;
};

/** Messages by channel, in the order in which they came. */
export function createMessages(nextTs: () => string) {
  const byChannel = new Map<string, Map<string, Message>>();
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of [...listeners]) listener();
  };

  const of = (channel: string) => {
    const known = byChannel.get(channel);
    if (known) return known;
    const made = new Map<string, Message>();
    byChannel.set(channel, made);
    return made;
  };

  return {
    add(draft: Draft): Message {
      const message: Message = {
        threadTs: undefined,
        user: undefined,
        botId: undefined,
        subtype: undefined,
        text: '',
        blocks: [],
        attachments: [],
        metadata: undefined,
        files: [],
        ...draft,
        ts: nextTs(),
        reactions: [],
        editedTs: undefined,
        edits: 0,
      };
      of(message.channel).set(message.ts, message);
      changed();
      return message;
    },

    find: (channel: string, ts: string) => byChannel.get(channel)?.get(ts),

    edit(message: Message, change: Change): void {
      // Blocks stay when only text is sent, and go when they are sent empty: as Slack does it.
      if (change.text !== undefined) message.text = change.text;
      if (change.blocks !== undefined) message.blocks = change.blocks;
      if (change.attachments !== undefined) message.attachments = change.attachments;
      if (change.metadata !== undefined) message.metadata = change.metadata;
      message.editedTs = nextTs();
      message.edits += 1;
      changed();
    },

    /** A parent with replies leaves a tombstone behind, everything else vanishes. */
    remove(message: Message): void {
      const channel = of(message.channel);
      const hasReplies = [...channel.values()].some(
        (each) => each.threadTs === message.ts && each.ts !== message.ts,
      );
      if (!hasReplies) {
        channel.delete(message.ts);
      } else {
        message.subtype = 'tombstone';
        message.text = 'This message was deleted.';
        message.blocks = [];
        message.attachments = [];
        message.metadata = undefined;
        message.files = [];
      }
      changed();
    },

    /** Oldest first. */
    inChannel: (channel: string) => [...(byChannel.get(channel)?.values() ?? [])],
    all: () => [...byChannel.values()].flatMap((each) => [...each.values()]),
    repliesTo: (channel: string, ts: string) =>
      [...(byChannel.get(channel)?.values() ?? [])].filter(
        (each) => each.threadTs === ts && each.ts !== ts,
      ),

    onChange(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    changed,
  };
}

/** Also in the channel itself, not only in a thread. */
export function isTopLevel(message: Message): boolean {
  return message.threadTs === undefined || message.threadTs === message.ts;
}
