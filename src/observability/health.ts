import type { Clock } from '../ports/clock.ts';
import type { Part, PartHealth, PartStatus } from '../ports/health.ts';
import type { Logger } from '../ports/logger.ts';
import type { Metrics } from '../ports/metrics.ts';

type HealthReport = {
  /** Down when a needed part is down; degraded when any part is not up. */
  status: PartStatus;
  parts: (PartHealth & { name: string; needed: boolean })[];
};

interface Health {
  check(): Promise<HealthReport>;
}

export type HealthOptions = {
  parts: readonly Part[];
  metrics: Metrics;
  clock: Clock;
  logger: Logger;
  /** A part that takes longer counts as down. */
  timeoutMs?: number;
  /** Many probes must not hammer the store. */
  cacheMs?: number;
  /**
   * After so long the last report is given instead, while the new one is still being made. Kubernetes gives a
   * probe 1 s: a part that hangs and is not even needed would otherwise get the process restarted.
   */
  patienceMs?: number;
};

/** A question that a part never answered is given up after so long, so that its recovery gets noticed. */
const GIVE_UP_MS = 10_000;

/** What one part said, or why it could not. */
type Answer = PartHealth & { failure?: unknown };

const GAUGE_VALUES: Record<PartStatus, number> = { up: 1, degraded: 0.5, down: 0 };

export function createHealth(options: HealthOptions): Health {
  const { parts, metrics, clock, logger, timeoutMs = 2_000, cacheMs = 1_000 } = options;
  const { patienceMs = 500 } = options;
  const asked = new Map<Part, { answer: Promise<Answer>; at: number }>();
  const known = new Map<Part, PartStatus>();
  let running: Promise<HealthReport> | undefined;
  let last: { report: HealthReport; at: number } | undefined;

  /** False also when the clock was set back, or an old answer would stay for as long. */
  function isYounger(at: number, ms: number): boolean {
    const age = clock.now().getTime() - at;
    return age >= 0 && age < ms;
  }

  /** A part that hangs is not asked again with every probe, or the open questions would pile up. */
  function ask(part: Part): Promise<Answer> {
    const open = asked.get(part);
    if (open && isYounger(open.at, GIVE_UP_MS)) return open.answer;
    const answer = answerOf(part).finally(() => {
      if (asked.get(part)?.answer === answer) asked.delete(part);
    });
    asked.set(part, { answer, at: clock.now().getTime() });
    return answer;
  }

  function note(part: Part, { status, failure }: Answer): void {
    metrics.gauge('sitrep_part_up', { part: part.name }, GAUGE_VALUES[status]);
    const before = known.get(part);
    known.set(part, status);
    if (before === status || (before === undefined && status === 'up')) return;
    const fields = failure === undefined ? { part: part.name, code: status } : { part: part.name };
    if (status === 'up') logger.info('A part of the product is up again', fields);
    else logger.warn('A part of the product is not well', fields, failure);
  }

  async function checkAll(): Promise<HealthReport> {
    const report = await Promise.all(
      parts.map(async (part) => {
        const answer = await within(timeoutMs, ask(part), () => late(timeoutMs));
        note(part, answer);
        const { status, detail } = answer;
        return { name: part.name, needed: part.needed, status, detail };
      }),
    );
    return { status: overall(report), parts: report };
  }

  function checkOnce(): Promise<HealthReport> {
    running ??= checkAll()
      .then((report) => {
        last = { report, at: clock.now().getTime() };
        return report;
      })
      .finally(() => {
        running = undefined;
      });
    return running;
  }

  return {
    async check() {
      if (last === undefined) return checkOnce();
      const { report } = last;
      return isYounger(last.at, cacheMs) ? report : within(patienceMs, checkOnce(), () => report);
    },
  };
}

async function answerOf(part: Part): Promise<Answer> {
  try {
    return await part.health();
  } catch (error) {
    const detail = 'Its health check failed; the log says where.';
    return { status: 'down', detail, failure: error };
  }
}

function late(timeoutMs: number): Answer {
  const detail = `It did not answer its health check within ${timeoutMs / 1_000} s.`;
  return { status: 'down', detail };
}

async function within<T>(ms: number, answer: Promise<T>, otherwise: () => T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const waited = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(otherwise()), ms);
  });
  try {
    return await Promise.race([answer, waited]);
  } finally {
    clearTimeout(timer);
  }
}

function overall(parts: HealthReport['parts']): PartStatus {
  if (parts.some((part) => part.needed && part.status === 'down')) return 'down';
  return parts.every((part) => part.status === 'up') ? 'up' : 'degraded';
}
