import type { JsonObject } from '../json.ts';
import { toMembers } from '../web-api/message-events.ts';
import type { Ephemeral, Integration, Message, View } from '../world/records.ts';
import { messageShape, placeShape } from '../world/shapes.ts';
import { createInteractions, type Interactions } from './interactions.ts';
import type { Stage } from './stage.ts';
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
};

export function createPostingBot(stage: Stage, integration: Integration): PostingBot {
  const { world, deliverer } = stage;
  return {
    integration,
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
      const told: Promise<unknown>[] = [];
      const tell = (...args: Parameters<typeof deliverer.tell>) => {
        told.push(deliverer.tell(...args));
      };
      toMembers({ world, origin: stage.origin, tell }, channel, {
        ...messageShape(world, message, stage.origin()),
        ...placeShape(channel),
        event_ts: message.ts,
      });
      await Promise.all(told);
      return message;
    },
  };
}
