import { text as textOf } from '../json.ts';
import { tellChanged, tellDeleted, toMembers } from '../web-api/message-events.ts';
import type { Channel, Message, StoredFile, User } from '../world/records.ts';
import { messageShape, placeShape } from '../world/shapes.ts';
import { type Stage, startTelling } from './stage.ts';

export type Talk = {
  /** In Slack's own encoding: `<@U1>` for people, `&lt;` for an angle bracket. */
  says(channel: string, text: string, options?: { thread?: string }): Promise<Message>;
  shares(
    channel: string,
    file: { name: string; content: string | Buffer },
    options?: { thread?: string; text?: string },
  ): Promise<Message>;
  edits(message: Message, text: string): Promise<void>;
  deletes(message: Message): Promise<void>;
  reacts(message: Message, name: string): Promise<void>;
  unreacts(message: Message, name: string): Promise<void>;
};

/** What a person writes; each resolves when the app has acknowledged all that Slack told about it. */
export function createTalk(stage: Stage, user: User): Talk {
  const { world } = stage;

  const enter = (name: string): Channel => {
    const channel = world.channels.get(name);
    if (channel.kind === 'public') channel.members.add(user.id);
    if (!channel.members.has(user.id)) throw new Error(`${user.id} is not in ${name}.`);
    return channel;
  };

  async function post(
    channel: Channel,
    text: string,
    thread: string | undefined,
    files: StoredFile[],
  ): Promise<Message> {
    const message = world.messages.add({
      channel: channel.id,
      threadTs: thread,
      user: user.id,
      text,
      subtype: files.length > 0 ? 'file_share' : undefined,
      blocks: text === '' ? [] : [written(world.nextId('b'), text)],
      files,
    });
    for (const file of files) file.shares.push({ channel: channel.id, ts: message.ts });
    const { told, telling: to } = startTelling(stage);
    const shape = {
      ...messageShape(world, message, stage.origin()),
      client_msg_id: world.nextId('m'),
      event_ts: message.ts,
    };
    toMembers(to, channel, { ...shape, ...placeShape(channel) });
    // A mention is told twice, under two event ids: as a message, and as a mention.
    for (const workspace of world.workspaces.values()) {
      const mentioned = text.includes(`<@${workspace.botUser}>`);
      if (mentioned && channel.members.has(workspace.botUser)) {
        to.tell(workspace, { ...shape, type: 'app_mention', channel: channel.id }, channel);
      }
    }
    for (const file of files) {
      toMembers(to, channel, {
        type: 'file_shared',
        channel_id: channel.id,
        file_id: file.id,
        user_id: user.id,
        file: { id: file.id },
        event_ts: message.ts,
      });
    }
    await Promise.all(told);
    return message;
  }

  async function react(message: Message, name: string, added: boolean): Promise<void> {
    const known = message.reactions.find((each) => each.name === name);
    const users = (known?.users ?? []).filter((each) => each !== user.id);
    message.reactions = message.reactions.filter((each) => each !== known);
    if (added) users.push(user.id);
    if (users.length > 0) message.reactions.push({ name, users });
    world.messages.changed();
    const { told, telling: to } = startTelling(stage);
    toMembers(to, world.channels.get(message.channel), {
      type: added ? 'reaction_added' : 'reaction_removed',
      user: user.id,
      reaction: name,
      item: { type: 'message', channel: message.channel, ts: message.ts },
      item_user: textOf(message.user),
      event_ts: world.nextTs(),
    });
    await Promise.all(told);
  }

  return {
    says: (channel, text, options) => post(enter(channel), text, options?.thread, []),

    shares(channel, { name, content }, options = {}) {
      const file: StoredFile = {
        id: world.nextId('F'),
        name,
        title: name,
        user: user.id,
        workspace: user.workspace,
        content: Buffer.from(content),
        created: Math.floor(world.now() / 1000),
        shares: [],
      };
      world.files.set(file.id, file);
      return post(enter(channel), options.text ?? '', options.thread, [file]);
    },

    async edits(message, text) {
      const before = messageShape(world, message, stage.origin());
      world.messages.edit(message, { text, blocks: [written(world.nextId('b'), text)] });
      const { told, telling: to } = startTelling(stage);
      tellChanged(to, world.channels.get(message.channel), message, before);
      await Promise.all(told);
    },

    async deletes(message) {
      const before = messageShape(world, message, stage.origin());
      world.messages.remove(message);
      const { told, telling: to } = startTelling(stage);
      tellDeleted(to, world.channels.get(message.channel), message, before);
      await Promise.all(told);
    },

    reacts: (message, name) => react(message, name, true),
    unreacts: (message, name) => react(message, name, false),
  };
}

/** As Slack's composer sends what was typed. */
function written(blockId: string, text: string) {
  return {
    type: 'rich_text',
    block_id: blockId,
    elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }],
  };
}
