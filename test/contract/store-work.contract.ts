import { expect, it } from 'vitest';
import type { Store } from '../../adapters/store/index.ts';
import type { Task } from '../../src/ports/task-store.ts';
import type { UsageEntry } from '../../src/ports/usage-store.ts';
import { second, unique } from './store-records.ts';

function newTask(change: Partial<Task> = {}): Task {
  return {
    id: unique('task'),
    kind: 'rca-analyze',
    state: 'waiting',
    progress: 0,
    request: { rca: { root: 'orders-db' }, limit: 3 },
    createdAt: second(1),
    updatedAt: second(1),
    ...change,
  };
}

export function taskContract(store: () => Store): void {
  it('adds a task once', async () => {
    const task = newTask();
    expect(await store().tasks.add(task)).toEqual(task);
    expect(await store().tasks.add({ ...task, kind: 'else', progress: 0.5 })).toEqual(task);
    expect(await store().tasks.byId(task.id)).toEqual(task);
    expect(await store().tasks.byId(unique('task'))).toBeUndefined();
  });

  it('advances a task until it is over', async () => {
    const task = newTask();
    await store().tasks.add(task);
    const running = { state: 'running', progress: 0.5, updatedAt: second(2) } as const;
    expect(await store().tasks.advance(task.id, running)).toBe(true);
    expect(await store().tasks.byId(task.id)).toEqual({ ...task, ...running });
    const result = { status: 'success', explanation: 'The disk was full.' };
    const done = { state: 'done', progress: 1, result, updatedAt: second(3) } as const;
    expect(await store().tasks.advance(task.id, done)).toBe(true);
    const failed = { state: 'failed', progress: 0, updatedAt: second(4) } as const;
    expect(await store().tasks.advance(task.id, failed)).toBe(false);
    expect(await store().tasks.byId(task.id)).toEqual({ ...task, ...done });
    expect(await store().tasks.advance(unique('task'), running)).toBe(false);
  });

  it('ends a task once when two end it at the same moment', async () => {
    const { id } = await store().tasks.add(newTask());
    const end = (state: 'done' | 'failed') =>
      store().tasks.advance(id, { state, progress: 1, updatedAt: second(2) });
    const ended = await Promise.all([end('done'), end('failed'), end('done')]);
    expect(ended.filter((changed) => changed)).toHaveLength(1);
  });

  it('gives back any JSON as it was, also a text that looks like JSON', async () => {
    for (const request of ['42', '{"a":1}', 42, true, [1, ['2']], { deep: { er: null } }]) {
      const { id } = await store().tasks.add(newTask({ request, result: request }));
      expect(await store().tasks.byId(id)).toMatchObject({ request, result: request });
    }
  });

  it('refuses a progress that is none', async () => {
    await expect(store().tasks.add(newTask({ progress: 1.5 }))).rejects.toMatchObject({
      code: 'internal',
      retryable: false,
    });
  });

  it('forgets tasks last touched before', async () => {
    const old = newTask({ updatedAt: new Date(Date.UTC(2020, 0, 1)) });
    const touched = newTask({
      createdAt: old.updatedAt,
      updatedAt: new Date(Date.UTC(2020, 0, 2)),
    });
    await store().tasks.add(old);
    await store().tasks.add(touched);
    await store().tasks.forget(touched.updatedAt);
    expect(await store().tasks.byId(old.id)).toBeUndefined();
    expect(await store().tasks.byId(touched.id)).toEqual(touched);
  });
}

export function usageContract(store: () => Store): void {
  /** Each test has a century of its own: sums are over everything since. */
  const entry = (year: number, change: Partial<UsageEntry> = {}): UsageEntry => ({
    id: unique('use'),
    provider: 'openai',
    model: 'large',
    feature: 'explanation',
    inputTokens: 1_000,
    outputTokens: 200,
    usd: 0.1,
    at: new Date(Date.UTC(year, 0, 1)),
    ...change,
  });

  it('sums tokens and money from a moment on, to the cent', async () => {
    const from = new Date(Date.UTC(2300, 0, 1));
    expect(await store().usage.since(from)).toEqual({ tokens: 0, usd: 0 });
    await store().usage.add(entry(2299));
    await store().usage.add(entry(2300));
    await store().usage.add(entry(2300, { usd: 0.2, channel: 'C1' }));
    await store().usage.add(entry(2301, { usd: 0.000_000_15, inputTokens: 1, outputTokens: 0 }));
    expect(await store().usage.since(from)).toEqual({ tokens: 2_401, usd: 0.300_000_15 });
  });

  it('does not count an entry twice', async () => {
    const once = entry(2400);
    await Promise.all([store().usage.add(once), store().usage.add(once)]);
    await store().usage.add({ ...once, usd: 5 });
    expect(await store().usage.since(once.at)).toEqual({ tokens: 1_200, usd: 0.1 });
  });

  it('says what each feature and model cost, dearest first', async () => {
    const from = new Date(Date.UTC(2500, 0, 1));
    expect(await store().usage.byFeature(from)).toEqual([]);
    await store().usage.add(entry(2500, { feature: 'answer' }));
    await store().usage.add(entry(2500, { feature: 'answer', provider: 'vllm' }));
    await store().usage.add(entry(2500, { model: 'small', usd: 0 }));
    await store().usage.add(entry(2500, { usd: 0.15 }));
    expect(await store().usage.byFeature(from)).toEqual([
      { feature: 'answer', model: 'large', tokens: 2_400, usd: 0.2 },
      { feature: 'explanation', model: 'large', tokens: 1_200, usd: 0.15 },
      { feature: 'explanation', model: 'small', tokens: 1_200, usd: 0 },
    ]);
  });

  it('refuses what no model can cost', async () => {
    for (const usd of [-0.01, Number.NaN, Number.POSITIVE_INFINITY]) {
      await expect(store().usage.add(entry(2200, { usd }))).rejects.toMatchObject({
        code: 'internal',
        retryable: false,
      });
    }
  });
}
