import { isTopLevel } from '../world/messages.ts';
import type { Message } from '../world/records.ts';
import { channelShape, messageShape } from '../world/shapes.ts';
import {
  type Call,
  type Method,
  page,
  Refusal,
  type Surroundings,
  visibleChannel,
} from './call.ts';
import { toMembers } from './message-events.ts';

const READ = ['channels:read', 'groups:read', 'im:read', 'mpim:read'];
const HISTORY = ['channels:history', 'groups:history', 'im:history', 'mpim:history'];

export function conversationMethods(surroundings: Surroundings): Record<string, Method> {
  const { world, origin } = surroundings;
  const shape = (call: Call) => (message: Message) =>
    messageShape(world, message, origin(), {
      metadata: call.arguments.flag('include_all_metadata'),
      thread: true,
    });
  const memberOnly = (call: Call) => {
    const channel = visibleChannel(world, call);
    if (!channel.members.has(call.workspace.botUser)) throw new Refusal('not_in_channel');
    return channel;
  };

  return {
    'conversations.history': {
      token: 'bot',
      scopes: HISTORY,
      run(call) {
        const channel = memberOnly(call);
        const newestFirst = world.messages
          .inChannel(channel.id)
          .filter((message) => isTopLevel(message) && isWithin(call, message.ts))
          .reverse();
        const { items, more, cursor } = page(call, newestFirst, { usual: 100, most: 999 });
        return {
          messages: items.map(shape(call)),
          has_more: more,
          pin_count: 0,
          response_metadata: { next_cursor: cursor },
        };
      },
    },

    'conversations.replies': {
      token: 'bot',
      scopes: HISTORY,
      run(call) {
        const channel = memberOnly(call);
        const named = world.messages.find(channel.id, call.arguments.required('ts'));
        if (!named) throw new Refusal('thread_not_found');
        const parent = world.messages.find(channel.id, named.threadTs ?? named.ts) ?? named;
        const replies = world.messages
          .repliesTo(channel.id, parent.ts)
          .filter((message) => isWithin(call, message.ts));
        const { items, more, cursor } = page(call, [parent, ...replies], {
          usual: 1000,
          most: 1000,
        });
        return {
          messages: items.map(shape(call)),
          has_more: more,
          response_metadata: { next_cursor: cursor },
        };
      },
    },

    'conversations.info': {
      token: 'bot',
      scopes: READ,
      run: (call) => ({
        channel: channelShape(visibleChannel(world, call), call.workspace.botUser),
      }),
    },

    'conversations.list': {
      token: 'bot',
      scopes: READ,
      run(call) {
        const types = (call.arguments.text('types') ?? 'public_channel').split(',');
        const bot = call.workspace.botUser;
        const seen = world.channels.all().filter((channel) => {
          const type = { public: 'public_channel', private: 'private_channel', im: 'im' }[
            channel.kind
          ];
          const here =
            channel.workspace === call.workspace.id ||
            channel.sharedWith.includes(call.workspace.id);
          const hidden = channel.kind !== 'public' && !channel.members.has(bot);
          const left = channel.archived && call.arguments.flag('exclude_archived');
          return here && !hidden && !left && types.includes(type);
        });
        const { items, cursor } = page(call, seen, { usual: 100, most: 999 });
        return {
          channels: items.map((channel) => channelShape(channel, bot)),
          response_metadata: { next_cursor: cursor },
        };
      },
    },

    'conversations.members': {
      token: 'bot',
      scopes: READ,
      run(call) {
        const channel = visibleChannel(world, call);
        const { items, cursor } = page(call, [...channel.members], { usual: 100, most: 999 });
        return { members: items, response_metadata: { next_cursor: cursor } };
      },
    },

    'conversations.join': {
      token: 'bot',
      scopes: ['channels:join'],
      run(call) {
        const channel = visibleChannel(world, call);
        if (channel.kind !== 'public') {
          throw new Refusal('method_not_supported_for_channel_type');
        }
        if (channel.archived) throw new Refusal('is_archived');
        const bot = call.workspace.botUser;
        const already = channel.members.has(bot);
        channel.members.add(bot);
        if (!already) {
          toMembers(surroundings, channel, {
            type: 'member_joined_channel',
            user: bot,
            channel: channel.id,
            channel_type: 'C',
            team: call.workspace.id,
            event_ts: world.nextTs(),
          });
        }
        return {
          channel: channelShape(channel, bot),
          ...(already && { warning: 'already_in_channel' }),
        };
      },
    },

    'conversations.open': {
      token: 'bot',
      scopes: ['im:write', 'mpim:write'],
      run(call) {
        const user = world.users.get(call.arguments.required('users'));
        if (!user) throw new Refusal('user_not_found');
        const channel = world.channels.direct(call.workspace.id, call.workspace.botUser, user.id);
        return { channel: channelShape(channel, call.workspace.botUser) };
      },
    },
  };
}

/** `oldest` and `latest` are timestamps as text, equal ones only with `inclusive`. */
function isWithin(call: Call, ts: string): boolean {
  const inclusive = call.arguments.flag('inclusive');
  const oldest = call.arguments.text('oldest');
  const latest = call.arguments.text('latest');
  const after = !oldest || later(ts, oldest) || (inclusive && ts === oldest);
  const before = !latest || later(latest, ts) || (inclusive && ts === latest);
  return after && before;
}

/** Compared as text, part by part: a float would lose the last digits. */
function later(one: string, other: string): boolean {
  const [seconds = '', micros = ''] = one.split('.');
  const [otherSeconds = '', otherMicros = ''] = other.split('.');
  if (Number(seconds) !== Number(otherSeconds)) return Number(seconds) > Number(otherSeconds);
  return micros.padEnd(6, '0') > otherMicros.padEnd(6, '0');
}
