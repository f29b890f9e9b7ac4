import type { Faults } from '../faults.ts';
import type { JsonObject } from '../json.ts';
import type { Random } from '../random.ts';
import type { Channel, Workspace } from '../world/records.ts';
import { APP_ID, type World } from '../world/world.ts';
import type { Attempt, Delivery, Receipt, Transport } from './delivery.ts';

export type Deliverer = {
  deliver(delivery: Delivery): Promise<Receipt>;
  /** An event of the Events API in its envelope, and maybe a second time under another event id. */
  tell(workspace: Workspace, event: JsonObject, channel?: Channel): Promise<void>;
  /** Every delivery so far that has come to its end. */
  receipts: Receipt[];
  /** Resolves when no delivery is under way. */
  idle(): Promise<void>;
};

/** Slack delivers three more times: at once, after a minute, after five. */
const MOST_RETRIES = 3;

export function createDeliverer(options: {
  world: World;
  /** Undefined while no app has shown up at all: then there is nobody to tell, and nothing to retry. */
  transport: () => Transport | undefined;
  faults: Faults;
  random: Random;
  retryAfterMs: readonly number[];
  retried: readonly Delivery['kind'][];
  subscribed: readonly string[] | undefined;
}): Deliverer {
  const { world, faults, random, retryAfterMs } = options;
  const receipts: Receipt[] = [];
  const pending = new Set<Promise<unknown>>();

  const track = <Result>(work: Promise<Result>): Promise<Result> => {
    pending.add(work);
    const done = () => pending.delete(work);
    work.then(done, done);
    return work;
  };

  async function attempts(delivery: Delivery): Promise<Receipt> {
    const receipt: Receipt = { delivery, acknowledged: false, attempts: [], response: undefined };
    let attempt: Attempt = { number: 0, reason: undefined };
    let loseAcknowledgement = random.chance(faults.deliveries.retried);
    for (;;) {
      const transport = options.transport();
      if (!transport) return receipt;
      const outcome = await transport.send(delivery, attempt);
      receipt.attempts.push({ ...attempt, ...outcome });
      const lost = outcome.failure === undefined && loseAcknowledgement;
      loseAcknowledgement = false;
      if (outcome.failure === undefined) {
        receipt.acknowledged = true;
        receipt.response = outcome.response;
      }
      const failure = lost ? 'http_timeout' : outcome.failure;
      const again = lost || options.retried.includes(delivery.kind);
      if (failure === undefined || !again || outcome.noRetry || attempt.number >= MOST_RETRIES) {
        break;
      }
      await pause(retryAfterMs[attempt.number] ?? 0);
      attempt = { number: attempt.number + 1, reason: failure };
    }
    receipts.push(receipt);
    return receipt;
  }

  const deliver = (delivery: Delivery) => track(attempts(delivery));

  return {
    receipts,
    deliver,

    async tell(workspace, event, channel) {
      if (options.subscribed && !options.subscribed.includes(subscription(event))) return;
      const first = deliver({ kind: 'event', body: envelope(world, workspace, event, channel) });
      if (random.chance(faults.deliveries.duplicated)) {
        void deliver({ kind: 'event', body: envelope(world, workspace, event, channel) });
      }
      await first;
    },

    async idle() {
      while (pending.size > 0) await Promise.allSettled(pending);
    },
  };
}

/** Messages are subscribed to by the kind of their channel. */
function subscription(event: JsonObject): string {
  const type = String(event.type);
  if (type !== 'message') return type;
  return (
    { channel: 'message.channels', group: 'message.groups' }[String(event.channel_type)] ??
    'message.im'
  );
}

export function envelope(
  world: World,
  workspace: Workspace,
  event: JsonObject,
  channel?: Channel,
): JsonObject {
  return {
    token: 'verification-token',
    team_id: workspace.id,
    ...(workspace.organisation !== undefined && { enterprise_id: workspace.organisation }),
    context_team_id: workspace.id,
    context_enterprise_id: workspace.organisation ?? null,
    api_app_id: APP_ID,
    event,
    type: 'event_callback',
    event_id: world.nextId('Ev'),
    event_time: Math.floor(world.now() / 1000),
    authorizations: [
      {
        enterprise_id: workspace.organisation ?? null,
        team_id: workspace.id,
        user_id: workspace.botUser,
        is_bot: true,
        is_enterprise_install: workspace.organisation !== undefined,
      },
    ],
    is_ext_shared_channel: (channel?.sharedWith.length ?? 0) > 0,
    event_context: world.nextId('4-'),
  };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
