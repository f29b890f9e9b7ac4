import { AppError } from '../../../src/domain/errors.ts';
import type { Clock } from '../../../src/ports/clock.ts';

export type Pace = {
  /**
   * Acts when it is the channel's turn. Who would wait too long is told when to come back, each a little later
   * than the one before, so that a burst comes back spread out instead of all at once.
   */
  inTurn<Result>(channel: string, act: () => Promise<Result>): Promise<Result>;
  /** The same for what can wait, however long that is. */
  atLast<Result>(channel: string, act: () => Promise<Result>): Promise<Result>;
  /** Slack asked for silence in this channel. */
  hold(channel: string, ms: number): void;
};

/** Channels that several processes post to: whoever has one keeps the others away until its time is over. */
export type SharedLanes = {
  /** Takes it for so long, or goes on having it; false while somebody else has it. */
  take(lane: string, owner: string, ms: number): Promise<boolean>;
};

export type PaceOptions = {
  clock: Clock;
  /** Absent where one process does everything. */
  shared?: { lanes: SharedLanes; owner: string } | undefined;
  /** Slack takes about one message a second in a channel. */
  gapMs: number;
  /** Whoever posts holds a lease: past this they do better to let go and come back. */
  patienceMs: number;
};

type Lane = {
  /** Nobody acts before this time. */
  free: number;
  /** Acting or waiting for their turn. */
  ahead: number;
  last: Promise<unknown>;
  /** Until when turns are promised to those who were sent away. */
  booked: number;
};

const MOST_LANES = 1_000;
/** Longer than one call may take; after a kill the channel is free again so soon. */
const CALL_MS = 5_000;
/** Between two looks at a channel that another process has. */
const LOOK_MS = 50;

/**
 * The gap is kept between the end of one call and the beginning of the next: a call that was held up on its way
 * arrives late, and the next one must not arrive right behind it.
 */
export function createPace({ clock, gapMs, patienceMs, shared }: PaceOptions): Pace {
  const lanes = new Map<string, Lane>();
  const now = () => clock.now().getTime();

  function laneOf(channel: string): Lane {
    const known = lanes.get(channel);
    if (known) return known;
    if (lanes.size >= MOST_LANES) forgetIdle();
    const lane = { free: 0, ahead: 0, last: Promise.resolve(), booked: 0 };
    lanes.set(channel, lane);
    return lane;
  }

  function forgetIdle(): void {
    for (const [channel, lane] of lanes) {
      if (lane.ahead === 0 && lane.free <= now() && lane.booked <= now()) lanes.delete(channel);
    }
  }

  /** Each for itself when what they share is away: better a little too fast than not at all. */
  async function take(channel: string, ms: number): Promise<boolean> {
    if (!shared || gapMs <= 0) return true;
    return shared.lanes.take(channel, shared.owner, Math.ceil(ms)).catch(() => true);
  }

  function sendAway(lane: Lane, waitMs: number): never {
    const at = Math.max(lane.booked, now() + waitMs);
    lane.booked = at + gapMs;
    throw new AppError('busy', 'Many messages for this channel are waiting their turn.', {
      retryAfterMs: at - now(),
    });
  }

  async function line<Result>(
    channel: string,
    patience: number,
    act: () => Promise<Result>,
  ): Promise<Result> {
    const lane = laneOf(channel);
    const waitMs = Math.max(lane.free - now(), 0) + lane.ahead * gapMs;
    if (waitMs > patience) sendAway(lane, waitMs);
    const since = now();
    lane.ahead += 1;
    const course = lane.last
      .then(async () => {
        // Those before may have taken longer than they should, or Slack asked for silence meanwhile.
        if (Math.max(lane.free, now()) - since > patience + gapMs) sendAway(lane, gapMs);
        const restMs = Math.max(lane.free - now(), 0);
        if (restMs > 0) await sleep(restMs);
        while (!(await take(channel, CALL_MS))) {
          if (now() - since > patience + restMs) sendAway(lane, gapMs);
          await sleep(LOOK_MS);
        }
        try {
          return await act();
        } finally {
          lane.free = Math.max(lane.free, now() + gapMs);
          void take(channel, lane.free - now());
        }
      })
      .finally(() => {
        lane.ahead -= 1;
      });
    lane.last = course.catch(() => undefined);
    return course;
  }

  return {
    inTurn: (channel, act) => line(channel, patienceMs, act),
    atLast: (channel, act) => line(channel, Number.POSITIVE_INFINITY, act),
    hold(channel, ms) {
      const lane = laneOf(channel);
      lane.free = Math.max(lane.free, now() + ms);
    },
  };
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
