import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../../adapters/store/index.ts';
import { createSweepProcessor } from '../../jobs/sweep.ts';
import { clean } from '../../src/safety/index.ts';
import { createMemoryQueue } from '../fakes/memory-queue.ts';
import { createTestStore, storeTools, type TestStore } from '../fixtures/database.ts';
import { anna } from './store-records.ts';

const DAY_MS = 24 * 3_600_000;
const start = Date.UTC(2026, 4, 4, 10);
const context = { id: 'sweep', attempt: 1, signal: new AbortController().signal };

let made: TestStore;
beforeAll(async () => {
  made = await createTestStore();
});
afterAll(() => made.remove());

/** Writes one thing of each kind as if so many days ago, and says which kinds are still there. */
async function leave(store: Store, name: string, days: number): Promise<() => Promise<string[]>> {
  const at = new Date(start - days * DAY_MS);
  await store.inbox.note(name, at);
  await store.audit.add({ at, actor: 'U1', action: 'tested', subject: name });
  await store.tasks.add({
    id: name,
    kind: 'test',
    state: 'done',
    progress: 1,
    request: {},
    createdAt: at,
    updatedAt: at,
  });
  await store.consoleLog.add({
    id: name,
    channel: 'general',
    author: anna,
    body: { text: 'hello' },
    createdAt: at,
  });
  // Questions that differ in numbers only are one.
  const question = clean(name.replace(/\d/g, (digit) => 'abcdefghij'[Number(digit)] ?? ''));
  await store.retrievals.add([{ at, question, results: [], fits: false, degraded: false, ms: 1 }]);
  await store.deliveries.claim(name, 'a', at, 1_000);
  return async () => {
    const there = {
      inbox: await store.inbox.has(name),
      tasks: await store.tasks.byId(name),
      console: await store.consoleLog.byId(name),
      retrievals: (await store.retrievals.mostMissed(new Date(0), 99)).some(
        (missed) => missed.question === question,
      ),
      deliveries: await store.deliveries.find(name),
      audit: (await store.audit.ofSubject(name)).length > 0,
    };
    return Object.entries(there).flatMap(([kind, found]) => (found ? [kind] : []));
  };
}

describe('what the sweep forgets', () => {
  it('is each kind after its own time, looked at once an hour', async () => {
    const { store } = made;
    let now = start;
    const memory = createMemoryQueue();
    const sweep = createSweepProcessor({
      ...store,
      queue: memory.open().queue,
      clock: { now: () => new Date(now) },
      logger: storeTools.logger,
    });
    const all = ['inbox', 'tasks', 'console', 'retrievals', 'deliveries', 'audit'];
    const ages = [1.9, 2.1, 6.9, 7.1, 29.9, 30.1, 59.9, 60.1, 89.9, 90.1, 399.9, 400.1];
    const left = await Promise.all(ages.map((days) => leave(store, `${days} days`, days)));
    await sweep({}, context);
    const kept = await Promise.all(left.map((look) => look()));
    expect(kept.map((kinds) => kinds.join(' '))).toEqual(
      [0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6].map((gone) => all.slice(gone).join(' ')),
    );

    const late = await leave(store, 'late', 500);
    now += 3_599_000;
    await sweep({}, context);
    expect(await late()).toEqual(all);
    now += 1_000;
    await sweep({}, context);
    expect(await late()).toEqual([]);
    memory.close();
  });
});
