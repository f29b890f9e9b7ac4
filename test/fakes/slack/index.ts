import { randomBytes } from 'node:crypto';
import { createDeliverer, type Deliverer } from './delivery/deliverer.ts';
import type { Delivery, Receipt } from './delivery/delivery.ts';
import { createHttpTransport, type HttpTransport } from './delivery/http-transport.ts';
import { createResponseUrls } from './delivery/response-urls.ts';
import { createSocketTransport } from './delivery/socket-transport.ts';
import { createTriggers } from './delivery/triggers.ts';
import { createFaults } from './faults.ts';
import { createPacing, type PacingOptions } from './pacing.ts';
import { createPerson, createPostingBot } from './people/actors.ts';
import { createHostile } from './people/hostile.ts';
import type { Stage } from './people/stage.ts';
import { createRandom } from './random.ts';
import { startServer } from './server.ts';
import { createWaiting } from './waiting.ts';
import type { Surroundings } from './web-api/call.ts';
import { createWebApi } from './web-api/handler.ts';
import { toMembers } from './web-api/message-events.ts';
import type { Channel, ChannelKind, Message, Workspace } from './world/records.ts';
import { createWorld } from './world/world.ts';

export type FakeSlackOptions = {
  /** The same seed plays the same faults. */
  seed?: number;
  /** Milliseconds; also the time in signatures, timestamps and rate limits. */
  now?: () => number;
  /** Slack waits three seconds. */
  acknowledgeWithinMs?: number;
  /** Slack retries at once, after a minute and after five. */
  retryAfterMs?: readonly number[];
  /** What is delivered again when it was not acknowledged: Slack retries events. */
  retried?: readonly Delivery['kind'][];
  pingEveryMs?: number;
  pacing?: Partial<PacingOptions>;
  /** Rejects newer blocks. */
  olderPlan?: boolean;
  /** What the bot's token may do; absent: everything. */
  scopes?: readonly string[];
  /** What the app subscribed to, as its manifest names it (`message.channels`); absent: everything. */
  events?: readonly string[];
  /** Tell the app also about its own messages, as Slack does. */
  echoes?: boolean;
};

export type FakeSlack = Awaited<ReturnType<typeof startFakeSlack>>;

/** A Slack on this machine: real HTTP, real WebSockets, real signatures; the app cannot tell the difference. */
export async function startFakeSlack(options: FakeSlackOptions = {}) {
  const now = options.now ?? Date.now;
  const acknowledgeWithinMs = options.acknowledgeWithinMs ?? 3_000;
  const random = createRandom(options.seed ?? 1);
  const signingSecret = randomBytes(16).toString('hex');
  const appToken = `xapp-1-${randomBytes(8).toString('hex')}`;
  const oauth = {
    clientId: '1111.2222',
    clientSecret: randomBytes(16).toString('hex'),
    codes: new Map<string, string>(),
  };
  const world = createWorld(now);
  const faults = createFaults(random);
  const pacing = createPacing(now, {
    messagesASecond: 1,
    burst: 3,
    enforce: false,
    ...options.pacing,
  });
  const triggers = createTriggers(now, world.nextId);
  const sockets = createSocketTransport({
    acknowledgeWithinMs,
    pingEveryMs: options.pingEveryMs ?? 10_000,
    onChange: world.messages.changed,
  });
  let http: HttpTransport | undefined;
  const overHttp = () => {
    if (!http) throw new Error('Say where the app listens first: deliverTo(url).');
    return http;
  };
  const deliverer: Deliverer = createDeliverer({
    world,
    transport: () => http ?? (sockets.wasUsed() ? sockets : undefined),
    faults,
    random,
    retryAfterMs: options.retryAfterMs ?? [0, 200, 400],
    retried: options.retried ?? ['event'],
    subscribed: options.events,
  });
  const server = await startServer(() => parts);
  const surroundings: Surroundings = {
    world,
    oauth,
    origin: () => server.origin,
    socketUrl: () => `${server.origin.replace('http', 'ws')}/link/?ticket=${sockets.ticket()}`,
    takeTrigger: triggers.take,
    tell(workspace, event, channel) {
      if (options.echoes ?? true) void deliverer.tell(workspace, event, channel);
    },
  };
  const responseUrls = createResponseUrls(surroundings);
  const stage: Stage = { world, origin: surroundings.origin, deliverer, responseUrls, triggers };
  const webApi = createWebApi(surroundings, { faults, pacing, appToken });
  const parts = { world, webApi, responseUrls, sockets, authorize };
  const { olderPlan = false, scopes } = options;
  const workspace = world.addWorkspace({
    id: 'T0HOME',
    domain: 'home',
    olderPlan,
    ...(scopes && { scopes }),
  });

  function authorize(query: URLSearchParams): string | undefined {
    const redirect = query.get('redirect_uri');
    if (query.get('client_id') !== oauth.clientId || redirect === null) return undefined;
    const location = new URL(redirect);
    location.searchParams.set('code', codeFor(query.get('team') ?? workspace.id));
    location.searchParams.set('state', query.get('state') ?? '');
    return location.href;
  }

  function codeFor(workspaceId: string): string {
    const code = randomBytes(8).toString('hex');
    oauth.codes.set(code, workspaceId);
    return code;
  }

  const tell = (to: Workspace, event: Record<string, unknown>) =>
    deliverer.tell(to, { ...event, event_ts: world.nextTs() });
  const waiting = createWaiting(world.messages.onChange, () => describe(world.messages.all()));
  const messages = (channel: string) => world.messages.inChannel(world.channels.get(channel).id);

  return {
    /** For `slackApiUrl`. */
    url: `${server.origin}/api/`,
    origin: server.origin,
    signingSecret,
    appToken,
    oauth,
    workspace,
    world,
    faults,
    pacing,
    sockets,
    calls: (method?: string) =>
      webApi.calls.filter((call) => method === undefined || call.method === method),
    receipts: deliverer.receipts as readonly Receipt[],
    hostile: createHostile(world, overHttp),

    /** From now on everything goes to this address; without one, to whoever is connected by Socket Mode. */
    deliverTo(url: string): void {
      http?.close();
      http = createHttpTransport({ url, signingSecret, acknowledgeWithinMs, now });
    },

    addWorkspace: world.addWorkspace,
    /** A code that the app can exchange for a token of this workspace. */
    codeFor,
    /** Somebody removes the app from a workspace. */
    async uninstalls(from: Workspace): Promise<void> {
      from.refused = 'account_inactive';
      await tell(from, { type: 'tokens_revoked', tokens: { oauth: [], bot: [from.botUser] } });
      await tell(from, { type: 'app_uninstalled' });
    },

    user(id: string, home: Workspace = workspace) {
      if (!world.users.has(id)) world.addUser(id, home.id);
      return createPerson(stage, id);
    },
    bot: (name: string, home: Workspace = workspace) =>
      createPostingBot(stage, world.addIntegration(name, home.id)),

    /** With our bot in it, unless `withoutBot`. */
    channel(
      name: string,
      how: {
        kind?: ChannelKind;
        members?: readonly string[];
        sharedWith?: readonly Workspace[];
        withoutBot?: boolean;
        home?: Workspace;
      } = {},
    ): Channel {
      const home = how.home ?? workspace;
      const all = [home, ...(how.sharedWith ?? [])];
      const bots = how.withoutBot ? [] : all.map((each) => each.botUser);
      return world.channels.add({
        name,
        workspace: home.id,
        kind: how.kind ?? 'public',
        members: [...(how.members ?? []), ...bots],
        sharedWith: (how.sharedWith ?? []).map((each) => each.id),
      });
    },
    async invites(channel: string): Promise<void> {
      const to = world.channels.get(channel);
      to.members.add(workspace.botUser);
      await tell(workspace, {
        type: 'member_joined_channel',
        user: workspace.botUser,
        channel: to.id,
        channel_type: 'C',
        team: workspace.id,
      });
    },
    async renames(channel: string, name: string): Promise<void> {
      const to = world.channels.get(channel);
      to.name = name;
      const told: Promise<unknown>[] = [];
      const each = (...args: Parameters<typeof deliverer.tell>) => {
        told.push(deliverer.tell(...args));
      };
      toMembers({ world, origin: surroundings.origin, tell: each }, to, {
        type: to.kind === 'private' ? 'group_rename' : 'channel_rename',
        channel: {
          id: to.id,
          name,
          name_normalized: name,
          created: Math.floor(now() / 1000),
          is_channel: true,
          is_mpim: false,
        },
        event_ts: world.nextTs(),
      });
      await Promise.all(told);
    },

    /** Everything that a channel shows, threads included, oldest first. */
    messages,
    thread: (parent: Message) => world.messages.repliesTo(parent.channel, parent.ts),
    /** What our bot posted, everywhere, oldest first. */
    posted: () =>
      world.messages
        .all()
        .filter((message) => message.botId !== undefined && !world.integrations.has(message.botId)),
    until: waiting.until,
    waitForMessage: (fits: (message: Message) => boolean, withinMs?: number) =>
      waiting.until(() => world.messages.all().find(fits), withinMs),
    idle: deliverer.idle,

    async close(): Promise<void> {
      http?.close();
      sockets.close();
      await server.close();
    },
  };
}

function describe(all: readonly Message[]): string {
  const shown = all.slice(-5).map((each) => `${each.channel}: ${each.text.slice(0, 80)}`);
  return all.length === 0 ? 'There are no messages.' : `The latest: ${shown.join(' | ')}`;
}
