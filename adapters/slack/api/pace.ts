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

export type PaceOptions = {
  clock: Clock;
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

/**
 * The gap is kept between the end of one call and the beginning of the next: a call that was held up on its way
 * arrives late, and the next one must not arrive right behind it.
 */
export function createPace({ clock, gapMs, patienceMs }: PaceOptions): Pace {
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
        const restMs = lane.free - now();
        if (restMs > 0) await new Promise((resolve) => setTimeout(resolve, restMs));
        try {
          return await act();
        } finally {
          lane.free = Math.max(lane.free, now() + gapMs);
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
