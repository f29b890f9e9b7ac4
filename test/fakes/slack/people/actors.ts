import type { JsonObject } from '../json.ts';
import { tellChanged, toMembers } from '../web-api/message-events.ts';
import type { Ephemeral, Integration, Message, View } from '../world/records.ts';
import { messageShape, placeShape } from '../world/shapes.ts';
import { createInteractions, type Interactions } from './interactions.ts';
import { type Stage, startTelling } from './stage.ts';
import { createSubmissions, type Submissions } from './submissions.ts';
import { createTalk, type Talk } from './talk.ts';

/** A person, with hands and eyes. */
export type Person = Talk &
  Interactions &
  Submissions & {
    id: string;
    /** What only this person was shown, oldest first. */
    ephemerals(): Ephemeral[];
    /** Open modals, topmost last. */
    modals(): View[];
    home(): JsonObject | undefined;
  };

export function createPerson(stage: Stage, id: string): Person {
  const { world } = stage;
  const user = world.userOf(id);
  return {
    id,
    ...createTalk(stage, user),
    ...createInteractions(stage, user),
    ...createSubmissions(stage, user),
    ephemerals: () => world.ephemerals.filter((each) => each.user === id),
    modals: () => world.views.openOf(id),
    home: () => world.homes.get(id),
  };
}

export type Alert = {
  text?: string;
  attachments?: JsonObject[];
  blocks?: JsonObject[];
  thread?: string;
};

/** Another program, which posts as integrations do. */
export type PostingBot = {
  integration: Integration;
  posts(channel: string, alert: Alert): Promise<Message>;
  /** Some change what they posted when its state changes. */
  edits(message: Message, alert: Alert): Promise<void>;
};

export function createPostingBot(stage: Stage, integration: Integration): PostingBot {
  const { world } = stage;
  return {
    integration,
    async edits(message, { text = '', attachments = [], blocks = [] }) {
      const before = messageShape(world, message, stage.origin());
      world.messages.edit(message, { text, attachments, blocks });
      const { told, telling: to } = startTelling(stage);
      tellChanged(to, world.channels.get(message.channel), message, before);
      await Promise.all(told);
    },
    async posts(name, { text = '', attachments = [], blocks = [], thread }) {
      const channel = world.channels.get(name);
      const message = world.messages.add({
        channel: channel.id,
        threadTs: thread,
        botId: integration.id,
        subtype: 'bot_message',
        text,
        attachments,
        blocks,
      });
      const { told, telling: to } = startTelling(stage);
      toMembers(to, channel, {
        ...messageShape(world, message, stage.origin()),
        ...placeShape(channel),
        event_ts: message.ts,
      });
      await Promise.all(told);
      return message;
    },
  };
}
