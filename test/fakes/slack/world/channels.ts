import type { Channel, ChannelKind } from './records.ts';

export function createChannels(nextId: (prefix: string) => string) {
  const channels = new Map<string, Channel>();

  const add = (options: {
    id?: string;
    name: string;
    workspace: string;
    kind?: ChannelKind;
    members?: readonly string[];
    sharedWith?: readonly string[];
  }): Channel => {
    const kind = options.kind ?? 'public';
    const channel: Channel = {
      id: options.id ?? nextId(kind === 'im' ? 'D' : 'C'),
      name: options.name,
      workspace: options.workspace,
      kind,
      members: new Set(options.members),
      sharedWith: [...(options.sharedWith ?? [])],
      archived: false,
    };
    channels.set(channel.id, channel);
    return channel;
  };

  return {
    add,
    byId: (id: string) => channels.get(id),
    all: () => [...channels.values()],

    /** By id or by name, with or without the hash. */
    get(idOrName: string): Channel {
      const name = idOrName.replace(/^#/, '');
      const found =
        channels.get(idOrName) ?? [...channels.values()].find((each) => each.name === name);
      if (!found) throw new Error(`This Slack has no channel ${idOrName}.`);
      return found;
    },

    /** The direct conversation of two, made when they first talk. */
    direct(workspace: string, one: string, other: string): Channel {
      const name = `dm-${one}-${other}`;
      const found = [...channels.values()].find((each) => each.name === name);
      return found ?? add({ name, workspace, kind: 'im', members: [one, other] });
    },
  };
}

/** As `channel_type` in events and the flags of `conversations.info` name it. */
export function channelType(channel: Channel): 'channel' | 'group' | 'im' {
  return { public: 'channel', private: 'group', im: 'im' }[channel.kind] as
    | 'channel'
    | 'group'
    | 'im';
}
