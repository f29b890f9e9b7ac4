import { userShape } from '../world/shapes.ts';
import { APP_ID } from '../world/world.ts';
import { type Method, page, Refusal, type Surroundings, visibleChannel } from './call.ts';
import { toMembers } from './message-events.ts';

/** Users, bots, and the reactions that they leave. */
export function peopleMethods(surroundings: Surroundings): Record<string, Method> {
  const { world } = surroundings;
  const messageOf = (call: Parameters<Method['run']>[0]) => {
    const channel = visibleChannel(world, call);
    const message = world.messages.find(channel.id, call.arguments.required('timestamp'));
    if (!message) throw new Refusal('message_not_found');
    return { channel, message };
  };

  return {
    'users.info': {
      token: 'bot',
      scopes: ['users:read'],
      run(call) {
        const user = world.users.get(call.arguments.required('user'));
        if (!user) throw new Refusal('user_not_found');
        return { user: userShape(user) };
      },
    },

    'users.list': {
      token: 'bot',
      scopes: ['users:read'],
      run(call) {
        const here = [...world.users.values()].filter(
          (user) => user.workspace === call.workspace.id,
        );
        const { items, cursor } = page(call, here, { usual: 1000, most: 1000 });
        return { members: items.map(userShape), response_metadata: { next_cursor: cursor } };
      },
    },

    'bots.info': {
      token: 'bot',
      scopes: ['users:read'],
      run(call) {
        const id = call.arguments.required('bot');
        const ours = id === call.workspace.botId;
        const other = world.integrations.get(id);
        if (!ours && !other) throw new Refusal('bot_not_found');
        return {
          bot: {
            id,
            deleted: false,
            name: other?.name ?? 'Sitrep',
            app_id: other?.appId ?? APP_ID,
            user_id: other?.user ?? call.workspace.botUser,
            icons: {},
          },
        };
      },
    },

    'reactions.add': {
      token: 'bot',
      scopes: ['reactions:write'],
      run(call) {
        const { channel, message } = messageOf(call);
        const name = call.arguments.required('name');
        const user = call.workspace.botUser;
        const known = message.reactions.find((each) => each.name === name);
        if (known?.users.includes(user)) throw new Refusal('already_reacted');
        if (known) known.users.push(user);
        else message.reactions.push({ name, users: [user] });
        world.messages.changed();
        toMembers(surroundings, channel, {
          type: 'reaction_added',
          user,
          reaction: name,
          item: { type: 'message', channel: channel.id, ts: message.ts },
          item_user: message.user,
          event_ts: world.nextTs(),
        });
        return {};
      },
    },

    'reactions.remove': {
      token: 'bot',
      scopes: ['reactions:write'],
      run(call) {
        const { message } = messageOf(call);
        const name = call.arguments.required('name');
        const known = message.reactions.find((each) => each.name === name);
        if (!known?.users.includes(call.workspace.botUser)) throw new Refusal('no_reaction');
        known.users = known.users.filter((user) => user !== call.workspace.botUser);
        message.reactions = message.reactions.filter((each) => each.users.length > 0);
        world.messages.changed();
        return {};
      },
    },

    'reactions.get': {
      token: 'bot',
      scopes: ['reactions:read'],
      run(call) {
        const { channel, message } = messageOf(call);
        return {
          type: 'message',
          channel: channel.id,
          message: {
            type: 'message',
            ts: message.ts,
            text: message.text,
            reactions: message.reactions.map((each) => ({ ...each, count: each.users.length })),
          },
        };
      },
    },
  };
}
