import { expect, it } from 'vitest';
import type { Store } from '../../adapters/store/index.ts';
import type { Retrieval } from '../../src/ports/retrieval-log.ts';
import { clean } from '../../src/safety/index.ts';

/** On days on which no other test plays. */
const minute = (n: number) => new Date(Date.UTC(2031, 0, 1, 0, n));

export function retrievalContract(store: () => Store): void {
  const asked = (question: string, change: Partial<Retrieval> = {}): Retrieval => ({
    at: minute(1),
    question: clean(question),
    results: [{ documentId: 'doc-1', score: 0.25 }],
    fits: false,
    degraded: false,
    ms: 3.5,
    ...change,
  });

  it('counts what was asked and tells what was missed most, forgetting the old', async () => {
    const log = store().retrievals;
    await log.add([]);
    await log.add([
      asked('Printer 3 on fire', { at: minute(0) }),
      asked('printer 17 on fire!', { at: minute(5), collection: 'runbooks' }),
      asked('Payroll is late', { at: minute(6) }),
      asked('Disk full', { fits: true, at: minute(7) }),
      asked('Link down', { fits: true, degraded: true, at: minute(8), results: [] }),
    ]);
    expect(await log.since(minute(0))).toEqual({ searches: 5, misses: 3, degraded: 1 });
    expect(await log.mostMissed(minute(0), 5)).toEqual([
      { question: 'printer 17 on fire!', times: 2, last: minute(5) },
      { question: 'Payroll is late', times: 1, last: minute(6) },
    ]);
    expect(await log.mostMissed(minute(0), 1)).toHaveLength(1);
    expect(await log.mostMissed(minute(6), 5)).toMatchObject([{ question: 'Payroll is late' }]);

    await log.forget(minute(6));
    expect(await log.since(minute(0))).toEqual({ searches: 3, misses: 1, degraded: 1 });
    expect(await log.since(minute(9))).toEqual({ searches: 0, misses: 0, degraded: 0 });
    await log.forget(minute(60));
  });

  it('keeps the beginning of a long question', async () => {
    const log = store().retrievals;
    await log.add([asked(`Broken ${'log line '.repeat(1_000)}`, { at: minute(70) })]);
    const [missed] = await log.mostMissed(minute(69), 1);
    expect(missed?.question).toHaveLength(500);
    await log.forget(minute(80));
  });
}
