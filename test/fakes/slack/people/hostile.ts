import { envelope } from '../delivery/deliverer.ts';
import type { Delivery, Outcome, Receipt } from '../delivery/delivery.ts';
import { encode, type HttpTransport } from '../delivery/http-transport.ts';
import { APP_ID, type World } from '../world/world.ts';

/** What reaches a public address without being Slack, or while Slack is not itself. HTTP only. */
export type Hostile = {
  wrongSignature(delivery?: Delivery): Promise<Outcome>;
  /** Signed rightly, ten minutes ago. */
  staleTimestamp(delivery?: Delivery): Promise<Outcome>;
  /** Exactly what was sent before once more, signature and time included. */
  replay(receipt: Receipt): Promise<Outcome>;
  /** Signed rightly, and far larger than anything Slack sends. */
  hugeJson(bytes?: number): Promise<Outcome>;
  brokenJson(): Promise<Outcome>;
  unknownEventType(): Promise<Outcome>;
  /** Signed rightly, about a workspace that never installed the app. */
  foreignWorkspace(text?: string): Promise<Outcome>;
  /** How Slack checks the address when it is entered: the app has to repeat the challenge. */
  verifiesUrl(challenge: string): Promise<Outcome>;
};

const TEN_MEGABYTES = 10 * 1024 * 1024;
const STALE_SECONDS = 600;

export function createHostile(world: World, transport: () => HttpTransport): Hostile {
  const json = 'application/json' as const;
  const seconds = () => Math.floor(world.now() / 1000);
  const [workspace] = world.workspaces.values();
  const usual = (): Delivery => {
    if (!workspace) throw new Error('This Slack has no workspace.');
    const channel = world.channels.all().find((each) => each.members.has(workspace.botUser));
    const ts = world.nextTs();
    return {
      kind: 'event',
      body: envelope(world, workspace, {
        type: 'message',
        user: 'U0INTRUDER',
        text: 'checkout is down, database connections exhausted',
        channel: channel?.id ?? 'C0NOWHERE',
        channel_type: 'channel',
        team: workspace.id,
        ts,
        event_ts: ts,
      }),
    };
  };
  const event = (body: Record<string, unknown>) =>
    transport().raw({ body: JSON.stringify(body), contentType: json });

  return {
    wrongSignature: (delivery = usual()) =>
      transport().raw({ ...encode(delivery), secret: 'another secret' }),

    staleTimestamp: (delivery = usual()) =>
      transport().raw({ ...encode(delivery), timestamp: seconds() - STALE_SECONDS }),

    replay({ delivery, attempts }) {
      const timestamp = attempts[0]?.signedAt;
      if (timestamp === undefined) throw new Error('This was not delivered over HTTP.');
      return transport().raw({ ...encode(delivery), timestamp });
    },

    hugeJson(bytes = TEN_MEGABYTES) {
      const { body } = usual();
      return event({ ...body, padding: 'x'.repeat(bytes) });
    },

    brokenJson: () =>
      transport().raw({ body: '{"type":"event_callback","event":', contentType: json }),

    unknownEventType() {
      const { body } = usual();
      return event({ ...body, event: { type: 'galaxy_collided', event_ts: world.nextTs() } });
    },

    foreignWorkspace(text = 'payments are down') {
      const ts = world.nextTs();
      const foreign = { id: 'T0FOREIGN', bot: 'U0FOREIGNBOT' };
      return event({
        ...usual().body,
        team_id: foreign.id,
        context_team_id: foreign.id,
        api_app_id: APP_ID,
        authorizations: [
          { enterprise_id: null, team_id: foreign.id, user_id: foreign.bot, is_bot: true },
        ],
        event: {
          type: 'message',
          user: 'U0FOREIGN',
          text,
          channel: 'C0FOREIGN',
          channel_type: 'channel',
          team: foreign.id,
          ts,
          event_ts: ts,
        },
      });
    },

    verifiesUrl: (challenge) =>
      event({ token: 'verification-token', challenge, type: 'url_verification' }),
  };
}
