import { expect, it } from 'vitest';
import type { Store } from '../../adapters/store/index.ts';
import { newTriage, recorded, revisionOf, second, unique } from './store-records.ts';

export function triageContract(store: () => Store): void {
  it('adds versions one after the other and counts the revision up', async () => {
    const { id } = await recorded(store());
    const first = newTriage(id);
    expect(await store().triages.add(first)).toEqual({
      triage: { ...first, version: 1 },
      created: true,
    });
    const next = newTriage(id, { rung: 'retrieval', degraded: ['Chroma is away.'] });
    await store().triages.add(next);
    expect(await store().triages.latest(id)).toEqual({ ...next, version: 2 });
    expect(await store().triages.history(id)).toEqual([
      { ...first, version: 1 },
      { ...next, version: 2 },
    ]);
    expect(await revisionOf(store(), id)).toBe(3);
  });

  it('knows no triage of an incident that has none', async () => {
    const { id } = await recorded(store());
    expect(await store().triages.latest(id)).toBeUndefined();
    expect(await store().triages.history(id)).toEqual([]);
  });

  it('does not judge the same evidence twice on one rung', async () => {
    const { id } = await recorded(store());
    const triage = newTriage(id);
    await store().triages.add(triage);
    const again = await store().triages.add({ ...triage, id: unique('tri'), severity: 'low' });
    expect(again).toEqual({ triage: { ...triage, version: 1 }, created: false });
    expect(await revisionOf(store(), id)).toBe(2);
    const higher = await store().triages.add({ ...triage, id: unique('tri'), rung: 'retrieval' });
    expect(higher).toMatchObject({ created: true, triage: { version: 2 } });
  });

  it('creates one triage when ten judge the same evidence at once, again and again', async () => {
    for (let round = 0; round < 15; round++) {
      const { id } = await recorded(store());
      const evidenceKey = unique('evidence');
      const results = await Promise.all(
        Array.from({ length: 10 }, () => store().triages.add(newTriage(id, { evidenceKey }))),
      );
      expect(results.filter(({ created }) => created)).toHaveLength(1);
      expect(new Set(results.map(({ triage }) => triage.id)).size).toBe(1);
      expect(await revisionOf(store(), id)).toBe(2);
    }
  });

  it('numbers ten triages of different evidence without a gap when they come at once', async () => {
    const { id } = await recorded(store());
    await Promise.all(Array.from({ length: 10 }, () => store().triages.add(newTriage(id))));
    const versions = (await store().triages.history(id)).map(({ version }) => version);
    expect(versions).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(await revisionOf(store(), id)).toBe(11);
  });

  it('says that there is no such incident', async () => {
    const orphan = newTriage(unique('inc'), { createdAt: second(1) });
    await expect(store().triages.add(orphan)).rejects.toMatchObject({
      code: 'not_found',
      retryable: false,
    });
  });

  it('refuses a verdict that no model can mean, and counts nothing', async () => {
    const { id } = await recorded(store());
    await expect(store().triages.add(newTriage(id, { confidence: 1.5 }))).rejects.toMatchObject({
      code: 'internal',
      retryable: false,
    });
    expect(await revisionOf(store(), id)).toBe(1);
  });
}
