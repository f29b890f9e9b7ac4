import { channelType } from '../world/channels.ts';
import type { Channel, Message } from '../world/records.ts';
import { messageShape } from '../world/shapes.ts';
import { type Call, type Method, Refusal, type Surroundings, visibleChannel } from './call.ts';
import { isEmpty, readContent } from './drafts.ts';
import { tellChanged, tellDeleted, tellPosted } from './message-events.ts';

/** `chat.update` refuses what `chat.postMessage` would still take. */
const MOST_TEXT_OF_AN_EDIT = 4_000;

export function chatMethods(surroundings: Surroundings): Record<string, Method> {
  const { world, origin } = surroundings;
  const scopes = ['chat:write'];

  return {
    'chat.postMessage': {
      token: 'bot',
      scopes,
      run(call) {
        const { workspace } = call;
        const channel = channelToWriteTo(surroundings, call);
        const content = readContent(world, workspace, call.arguments);
        if (isEmpty(content)) throw new Refusal('no_text');
        const message = world.messages.add({
          channel: channel.id,
          threadTs: threadToReplyTo(surroundings, call, channel),
          user: workspace.botUser,
          botId: workspace.botId,
          text: content.text ?? '',
          blocks: content.blocks ?? [],
          attachments: content.attachments ?? [],
          metadata: content.metadata,
        });
        tellPosted(surroundings, channel, message);
        return {
          channel: channel.id,
          ts: message.ts,
          message: messageShape(world, message, origin(), { metadata: true }),
        };
      },
    },

    'chat.update': {
      token: 'bot',
      scopes,
      run(call) {
        const channel = visibleChannel(world, call);
        const message = ownMessage(surroundings, call, channel, 'cant_update_message');
        if ((call.arguments.text('text') ?? '').length > MOST_TEXT_OF_AN_EDIT) {
          throw new Refusal('msg_too_long');
        }
        const content = readContent(world, call.workspace, call.arguments);
        if (isEmpty(content)) throw new Refusal('no_text');
        const before = messageShape(world, message, origin());
        world.messages.edit(message, content);
        tellChanged(surroundings, channel, message, before);
        return {
          channel: channel.id,
          ts: message.ts,
          text: message.text,
          message: messageShape(world, message, origin(), { metadata: true }),
        };
      },
    },

    'chat.delete': {
      token: 'bot',
      scopes,
      run(call) {
        const channel = visibleChannel(world, call);
        const message = ownMessage(surroundings, call, channel, 'cant_delete_message');
        const before = messageShape(world, message, origin());
        world.messages.remove(message);
        tellDeleted(surroundings, channel, message, before);
        return { channel: channel.id, ts: message.ts };
      },
    },

    'chat.postEphemeral': {
      token: 'bot',
      scopes,
      run(call) {
        const channel = channelToWriteTo(surroundings, call);
        const user = call.arguments.required('user');
        if (!channel.members.has(user)) throw new Refusal('user_not_in_channel');
        const content = readContent(world, call.workspace, call.arguments);
        if (isEmpty(content)) throw new Refusal('no_text');
        const ts = world.nextTs();
        world.ephemerals.push({
          channel: channel.id,
          user,
          ts,
          threadTs: call.arguments.text('thread_ts'),
          text: content.text ?? '',
          blocks: content.blocks ?? [],
        });
        world.messages.changed();
        return { message_ts: ts };
      },
    },

    'chat.getPermalink': {
      token: 'bot',
      run(call) {
        const channel = visibleChannel(world, call);
        const ts = call.arguments.required('message_ts');
        const message = world.messages.find(channel.id, ts);
        if (!message) throw new Refusal('message_not_found');
        const thread =
          message.threadTs === undefined || message.threadTs === ts
            ? ''
            : `?thread_ts=${message.threadTs}&cid=${channel.id}`;
        return {
          channel: channel.id,
          permalink: `https://${call.workspace.domain}.slack.com/archives/${channel.id}/p${ts.replace('.', '')}${thread}`,
        };
      },
    },
  };
}

function channelToWriteTo({ world }: Surroundings, call: Call): Channel {
  const { workspace } = call;
  const named = call.arguments.text('channel') ?? '';
  // A person's id stands for the direct conversation with them.
  const person = world.users.get(named);
  if (person) return world.channels.direct(workspace.id, workspace.botUser, person.id);
  const channel = visibleChannel(world, call);
  if (channel.archived) throw new Refusal('is_archived');
  const mayAnyway =
    channelType(channel) === 'channel' && workspace.scopes?.has('chat:write.public');
  if (!channel.members.has(workspace.botUser) && !mayAnyway) throw new Refusal('not_in_channel');
  return channel;
}

function threadToReplyTo(
  { world }: Surroundings,
  call: Call,
  channel: Channel,
): string | undefined {
  const ts = call.arguments.text('thread_ts');
  if (ts === undefined) return undefined;
  const parent = world.messages.find(channel.id, ts);
  if (!parent || parent.subtype === 'tombstone') throw new Refusal('thread_not_found');
  return parent.threadTs ?? parent.ts;
}

function ownMessage({ world }: Surroundings, call: Call, channel: Channel, error: string): Message {
  const message = world.messages.find(channel.id, call.arguments.required('ts'));
  if (!message || message.subtype === 'tombstone') throw new Refusal('message_not_found');
  if (message.user !== call.workspace.botUser) throw new Refusal(error);
  return message;
}
