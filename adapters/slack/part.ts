import { AppError } from '../../src/domain/errors.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Part, PartHealth } from '../../src/ports/health.ts';
import { authTest } from './api/answers.ts';
import type { Call } from './api/calls.ts';
import type { Socket } from './connect/socket.ts';

/** Health is asked for every few seconds; Slack need not be. */
const KEPT_MS = 30_000;
const PATIENCE_MS = 1_500;

export function createPart(options: {
  call: Call;
  /** Absent with many workspaces, each of which has a token of its own. */
  botToken: string | undefined;
  socket: Socket | undefined;
  /** Channels that refuse what we post, and why, as far as anybody noted. */
  refused: (() => Promise<readonly string[]>) | undefined;
  clock: Clock;
}): Part {
  const { call, botToken, socket, refused, clock } = options;
  let last: { health: PartHealth; until: number } | undefined;
  let asking: Promise<PartHealth> | undefined;

  async function ask(): Promise<PartHealth> {
    if (botToken === undefined) return UP;
    try {
      await call(botToken, 'auth.test', {}, authTest);
      return UP;
    } catch (error) {
      const sentence = error instanceof AppError ? error.message : 'Slack cannot be reached.';
      return { status: 'down', detail: `${sentence} Cards wait until it works again.` };
    }
  }

  async function health(): Promise<PartHealth> {
    if (socket && !socket.isConnected()) {
      return { status: 'down', detail: 'The socket to Slack is not connected; it is tried again.' };
    }
    const of = await ofSlack();
    return of.status === 'up' ? ofChannels() : of;
  }

  async function ofChannels(): Promise<PartHealth> {
    const reasons = (await refused?.()) ?? [];
    const [first] = reasons;
    if (first === undefined) return UP;
    const channels =
      reasons.length === 1 ? 'One channel refuses' : `${reasons.length} channels refuse`;
    return {
      status: 'degraded',
      detail: `${channels} what Sitrep posts, so cards wait there. The latest reason: ${first}`,
    };
  }

  async function ofSlack(): Promise<PartHealth> {
    const now = clock.now().getTime();
    if (last && last.until > now) return last.health;
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    const found = await within(asking);
    if (found !== SLOW) last = { health: found, until: now + KEPT_MS };
    return found;
  }

  return { name: 'slack', needed: false, health };
}

const UP: PartHealth = { status: 'up', detail: 'Slack' };
const SLOW: PartHealth = { status: 'degraded', detail: 'Slack answers slowly.' };

function within(health: Promise<PartHealth>): Promise<PartHealth> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<PartHealth>((resolve) => {
    timer = setTimeout(() => resolve(SLOW), PATIENCE_MS);
  });
  return Promise.race([health, limit]).finally(() => clearTimeout(timer));
}
