import { AppError } from '../../../src/domain/errors.ts';
import type { Clock } from '../../../src/ports/clock.ts';
import { remembering } from '../remembering.ts';
import { conversation, user } from './answers.ts';
import type { Call } from './calls.ts';

/** Names of channels and people, which Slack's events leave out. */
export type Directory = {
  /** Fails when Slack cannot say for the moment: by its name a channel is known to be for incidents. */
  channelName(place: Workspace, channel: string): Promise<string>;
  /** The id where there is no name to be had: a name is a kindness. */
  userName(place: Workspace, user: string): Promise<string>;
  renamed(workspace: string, channel: string, name: string): void;
};

type Workspace = { id: string; token: string };
type Entry = { name: string; until: number };

const KEPT_MS = 3_600_000;
const ENTRIES = 10_000;

export function createDirectory({ call, clock }: { call: Call; clock: Clock }): Directory {
  const names = remembering<Entry>(ENTRIES);
  const asking = new Map<string, Promise<string>>();

  /** One question at a time for each name, however many events of a busy channel want it. */
  function known(key: string, ask: () => Promise<string>): Promise<string> {
    const entry = names.get(key);
    if (entry && entry.until > clock.now().getTime()) return Promise.resolve(entry.name);
    const asked = asking.get(key) ?? ask().finally(() => asking.delete(key));
    asking.set(key, asked);
    return asked.then((name) => {
      names.set(key, { name, until: clock.now().getTime() + KEPT_MS });
      return name;
    });
  }

  return {
    channelName({ id, token }, channel) {
      return known(`${id}/${channel}`, async () => {
        try {
          const answer = await call(token, 'conversations.info', { channel }, conversation);
          // Direct messages have none.
          return answer.channel.name ?? channel;
        } catch (error) {
          // Slack will not say: the channel then is not one for incidents by its name.
          if (error instanceof AppError && !error.retryable) return channel;
          throw error;
        }
      });
    },
    async userName({ id, token }, userId) {
      try {
        return await known(`${id}/${userId}`, async () => {
          const { name, real_name, profile } = (
            await call(token, 'users.info', { user: userId }, user)
          ).user;
          return profile?.display_name || profile?.real_name || real_name || name || userId;
        });
      } catch {
        return userId;
      }
    },
    renamed(workspace, channel, name) {
      names.set(`${workspace}/${channel}`, { name, until: clock.now().getTime() + KEPT_MS });
    },
  };
}
