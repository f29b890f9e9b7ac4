import { expect, it } from 'vitest';
import { WORKSPACE } from '../../adapters/console/place.ts';
import type { Store } from '../../adapters/store/index.ts';
import type { ThreadRef } from '../../src/domain/thread-ref.ts';
import { anna, recorded, unique } from './store-records.ts';

/** Long before the days on which other tests play. */
const day = (n: number) => new Date(Date.UTC(2001, 0, n));

/** An incident whose card opened the thread, in a channel of its own. */
async function living(store: Store, where: ThreadRef, resolvedAt?: Date): Promise<string> {
  const { thread = '', ...place } = where;
  const { id } = await recorded(store, { where: place, at: day(1) });
  await store.incidents.markShown(id, 1, thread);
  if (resolvedAt) {
    await store.incidents.setStatus(id, 'resolved', anna, resolvedAt);
    await store.incidents.markShown(id, 2, thread);
  }
  return id;
}

export function retentionContract(store: () => Store): void {
  const deliver = async (where: ThreadRef, at: Date) => {
    const { thread = '', ...place } = where;
    const key = unique('card');
    await store().deliveries.claim(key, 'a', at, 1_000);
    await store().deliveries.release(key, 'a', { ...place, message: thread });
    return key;
  };
  const thread = (): ThreadRef => ({
    platform: 'slack',
    workspace: 'T1',
    channel: unique('C'),
    thread: unique('ts'),
  });

  it('forgets old deliveries, but never the card of an incident that was open since', async () => {
    const [resolved, open, late, fresh] = [thread(), thread(), thread(), thread()];
    await living(store(), resolved, day(2));
    await living(store(), open);
    await living(store(), late, day(11));
    await living(store(), fresh, day(2));
    const forgotten = [await deliver(resolved, day(3)), await deliver(thread(), day(3))];
    const kept = [
      await deliver(open, day(3)),
      await deliver(late, day(3)),
      await deliver(fresh, day(10)),
    ];
    const unposted = unique('card');
    await store().deliveries.claim(unposted, 'a', day(3), 1_000);

    await store().deliveries.forget(day(10));
    for (const key of [...forgotten, unposted]) {
      expect(await store().deliveries.find(key)).toBeUndefined();
    }
    for (const key of kept) expect(await store().deliveries.find(key)).toBeDefined();
  });

  it('counts the age of a delivery from when it was last taken', async () => {
    const where = thread();
    const key = await deliver(where, day(3));
    await store().deliveries.claim(key, 'b', day(12), 1_000);
    await store().deliveries.forget(day(10));
    expect(await store().deliveries.find(key)).toBeDefined();
  });

  it('keeps the console’s threads in which an incident was open since', async () => {
    const inThread = async (message: ThreadRef, at: Date) =>
      store().consoleLog.add({
        id: message.thread ?? '',
        channel: message.channel,
        author: anna,
        body: { text: 'checkout is down' },
        createdAt: at,
      });
    const place = () =>
      ({ ...thread(), platform: 'console', workspace: WORKSPACE }) satisfies ThreadRef;
    const [open, late, resolved] = [place(), place(), place()];
    await living(store(), open);
    await living(store(), late, day(11));
    await living(store(), resolved, day(2));
    for (const where of [open, late, resolved]) await inThread(where, day(1));
    await store().consoleLog.forget(day(10));
    expect(await store().consoleLog.byId(open.thread ?? '')).toBeDefined();
    expect(await store().consoleLog.byId(late.thread ?? '')).toBeDefined();
    expect(await store().consoleLog.byId(resolved.thread ?? '')).toBeUndefined();
  });

  it('forgets old audit lines, thousands of them too', async () => {
    const subject = unique('subject');
    const line = { at: day(9), actor: 'U1', action: 'tested', subject };
    await store().pool.query(
      `insert into sitrep.audit (at, actor, action, subject)
       select '2001-01-09', 'U1', 'tested', $1::text from generate_series(1, 2500)`,
      [subject],
    );
    await store().audit.add(line);
    await store().audit.add({ ...line, at: day(10) });
    await store().audit.forget(day(10));
    expect(await store().audit.ofSubject(subject)).toEqual([{ ...line, at: day(10) }]);
  });
}
