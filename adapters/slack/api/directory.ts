import { AppError } from '../../../src/domain/errors.ts';
import { createRecent } from '../../../src/domain/recent.ts';
import type { Clock } from '../../../src/ports/clock.ts';
import type { Identity } from '../read/delivery.ts';
import { isForeign } from '../read/place.ts';
import { conversation, user } from './answers.ts';
import type { Call } from './calls.ts';

/** What Slack's events leave out of channels and people. */
export type Directory = {
  /** Fails when Slack cannot say for the moment: by its name a channel is known to be for incidents. */
  channelName(place: Workspace, channel: string): Promise<string>;
  /** Whether everybody of the workspace may read it. Fails when Slack cannot say for the moment. */
  isOpen(place: Workspace, channel: string): Promise<boolean>;
  /** The id where there is no name to be had: a name is a kindness. */
  userName(place: Workspace, user: string): Promise<string>;
  /** Of another company; no, where Slack does not say. Slack's word on a reaction lacks whose it is. */
  isStranger(place: Workspace & Identity, user: string): Promise<boolean>;
  renamed(workspace: string, channel: string, name: string): void;
};

type Workspace = { id: string; token: string };
type Channel = { name: string; isOpen: boolean };
type Person = { name: string; team: string | undefined; isStranger: boolean };

/** Ids of conversations with one person begin with a D. */
const DIRECT: Channel = { name: 'direct-message', isOpen: false };
const KEPT_MS = 3_600_000;
const ENTRIES = 10_000;

export function createDirectory({ call, clock }: { call: Call; clock: Clock }): Directory {
  const channels = askedOnce<Channel>(clock);
  const users = askedOnce<Person>(clock);

  function channelOf({ id, token }: Workspace, channel: string): Promise<Channel> {
    // Slack would want one more scope only to say that it has no name.
    if (channel.startsWith('D')) return Promise.resolve(DIRECT);
    return channels.get(`${id}/${channel}`, async () => {
      try {
        const answer = await call(token, 'conversations.info', { channel }, conversation);
        const { name, is_private, is_im, is_mpim } = answer.channel;
        return { name: name ?? channel, isOpen: !(is_private || is_im || is_mpim) };
      } catch (error) {
        // Slack will not say: the channel then is not one for incidents by its name, and not for everybody.
        if (error instanceof AppError && !error.retryable) return { name: channel, isOpen: false };
        throw error;
      }
    });
  }

  async function personOf({ id, token }: Workspace, userId: string): Promise<Person | undefined> {
    try {
      return await users.get(`${id}/${userId}`, async () => {
        const { user: found } = await call(token, 'users.info', { user: userId }, user);
        const { name, real_name, profile, team_id: team, is_stranger } = found;
        return {
          name: profile?.display_name || profile?.real_name || real_name || name || userId,
          team,
          isStranger: is_stranger === true,
        };
      });
    } catch {
      return undefined;
    }
  }

  return {
    channelName: async (place, channel) => (await channelOf(place, channel)).name,
    isOpen: async (place, channel) => (await channelOf(place, channel)).isOpen,
    userName: async (place, userId) => (await personOf(place, userId))?.name ?? userId,
    async isStranger(place, userId) {
      const person = await personOf(place, userId);
      return person !== undefined && (person.isStranger || isForeign(person.team, place));
    },
    renamed(workspace, channel, name) {
      channels.change(`${workspace}/${channel}`, (known) => ({ ...known, name }));
    },
  };
}

/** Answers kept for an hour, and one question at a time for each, however many events of a busy channel want it. */
function askedOnce<Value>(clock: Clock) {
  const answers = createRecent<{ value: Value; until: number }>(ENTRIES);
  const asking = new Map<string, Promise<Value>>();
  const keep = (key: string, value: Value) =>
    answers.set(key, { value, until: clock.now().getTime() + KEPT_MS });
  return {
    get(key: string, ask: () => Promise<Value>): Promise<Value> {
      const known = answers.get(key);
      if (known && known.until > clock.now().getTime()) return Promise.resolve(known.value);
      const asked = asking.get(key) ?? ask().finally(() => asking.delete(key));
      asking.set(key, asked);
      return asked.then(
        (value) => {
          keep(key, value);
          return value;
        },
        (error: unknown) => {
          // What was true an hour ago mostly still is.
          if (known) return known.value;
          throw error;
        },
      );
    },
    change(key: string, how: (value: Value) => Value): void {
      const known = answers.get(key);
      if (known) keep(key, how(known.value));
    },
  };
}
