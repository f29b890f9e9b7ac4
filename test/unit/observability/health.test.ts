import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/domain/errors.ts';
import { createHealth, type HealthOptions } from '../../../src/observability/health.ts';
import { createMetrics } from '../../../src/observability/metrics.ts';
import type { Part, PartHealth } from '../../../src/ports/health.ts';
import type { LogFields } from '../../../src/ports/logger.ts';

const up: PartHealth = { status: 'up', detail: 'All is well.' };
const down: PartHealth = { status: 'down', detail: 'It is away.' };
const degraded: PartHealth = { status: 'degraded', detail: 'It is slow.' };

function part(name: string, needed: boolean, health: () => Promise<PartHealth>) {
  const counted = {
    name,
    needed,
    calls: 0,
    health() {
      counted.calls++;
      return health();
    },
  };
  return counted;
}

const steady = (name: string, needed: boolean, health: PartHealth) =>
  part(name, needed, async () => health);
const never = () => new Promise<PartHealth>(() => {});

function healthOf(parts: Part[], options: Partial<HealthOptions> = {}) {
  const time = { now: 0 };
  const log: (LogFields & { level: string })[] = [];
  const write =
    (level: string) =>
    (_message: string, fields: LogFields = {}, cause?: unknown) => {
      const code = cause instanceof AppError ? { code: cause.code } : {};
      log.push({ level, ...code, ...fields });
    };
  const registry = createMetrics();
  const health = createHealth({
    parts,
    metrics: registry.metrics,
    clock: { now: () => new Date(time.now) },
    logger: {
      debug: write('debug'),
      info: write('info'),
      warn: write('warn'),
      error: write('error'),
    },
    timeoutMs: 20,
    patienceMs: 1_000,
    ...options,
  });
  return { health, time, log, text: registry.text };
}

describe('health', () => {
  it.each([
    ['up', up, up],
    ['degraded', up, degraded],
    ['degraded', up, down],
    ['degraded', degraded, up],
    ['down', down, up],
    ['down', down, down],
  ])('is %s with a needed part %j and another %j', async (status, needed, other) => {
    const { health } = healthOf([steady('store', true, needed), steady('chroma', false, other)]);
    const report = await health.check();
    expect(report.status).toBe(status);
    expect(report.parts).toEqual([
      { name: 'store', needed: true, ...needed },
      { name: 'chroma', needed: false, ...other },
    ]);
  });

  it('counts a part that hangs as down, and says so', async () => {
    const { health } = healthOf([part('store', true, never), steady('cache', false, up)]);
    const report = await health.check();
    expect(report.status).toBe('down');
    expect(report.parts[0]).toMatchObject({
      status: 'down',
      detail: 'It did not answer its health check within 0.02 s.',
    });
    expect(report.parts[1]).toMatchObject({ status: 'up' });
  });

  it('counts a part whose check fails as down, without quoting why', async () => {
    const broken = part('store', true, async () => {
      throw new AppError('unavailable', 'password is hunter2');
    });
    const { health, log } = healthOf([broken]);
    const report = await health.check();
    expect(report.parts[0]).toMatchObject({ status: 'down', detail: expect.stringMatching(/log/) });
    expect(log[0]).toMatchObject({ level: 'warn', part: 'store', code: 'unavailable' });
    expect(JSON.stringify([report, log])).not.toContain('hunter2');
  });

  it('survives a part that throws at once instead of answering', async () => {
    const rude: Part = {
      name: 'store',
      needed: true,
      health: () => {
        throw new Error('x');
      },
    };
    expect((await healthOf([rude]).health.check()).status).toBe('down');
  });

  it('asks the parts once for many probes, and again a second later', async () => {
    const store = steady('store', true, up);
    const { health, time } = healthOf([store]);
    await Promise.all([health.check(), health.check(), health.check()]);
    time.now = 999;
    await health.check();
    expect(store.calls).toBe(1);
    time.now = 1_000;
    await health.check();
    expect(store.calls).toBe(2);
  });

  it('asks again when the clock was set back', async () => {
    const store = steady('store', true, up);
    const { health, time } = healthOf([store]);
    await health.check();
    time.now = -3_600_000;
    await health.check();
    expect(store.calls).toBe(2);
  });

  it('does not pile up questions to a part that hangs, yet notices when it is back', async () => {
    let answer: () => Promise<PartHealth> = never;
    const store = part('store', true, () => answer());
    const { health, time } = healthOf([store], { cacheMs: 0 });
    for (time.now = 0; time.now < 10_000; time.now += 2_000) await health.check();
    expect(store.calls).toBe(1);
    answer = async () => up;
    expect((await health.check()).status).toBe('up');
    expect(store.calls).toBe(2);
  });

  it('gives the last report rather than making a probe wait for a part that hangs', async () => {
    let answer: () => Promise<PartHealth> = async () => up;
    const { health, time } = healthOf([part('chroma', false, () => answer())], {
      timeoutMs: 60_000,
      patienceMs: 5,
    });
    await health.check();
    answer = never;
    time.now = 5_000;
    expect((await health.check()).status).toBe('up');
  });

  it('logs when a part goes and when it comes back, once each', async () => {
    let now = up;
    const { health, log } = healthOf([part('chroma', false, async () => now)], { cacheMs: 0 });
    await health.check();
    expect(log).toEqual([]);
    now = down;
    await health.check();
    await health.check();
    now = up;
    await health.check();
    await health.check();
    expect(log).toEqual([
      { level: 'warn', part: 'chroma', code: 'down' },
      { level: 'info', part: 'chroma', code: 'up' },
    ]);
  });

  it('sets the gauge of each part', async () => {
    const { health, text } = healthOf([
      steady('store', true, up),
      steady('chroma', false, degraded),
      steady('cache', false, down),
    ]);
    await health.check();
    const lines = (await text()).split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        'sitrep_part_up{part="store"} 1',
        'sitrep_part_up{part="chroma"} 0.5',
        'sitrep_part_up{part="cache"} 0',
      ]),
    );
  });
});
