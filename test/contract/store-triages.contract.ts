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

  it('keeps whether its rung was sure and all that the verdict rests on, dates too', async () => {
    const { id } = await recorded(store());
    const triage = newTriage(id, {
      rung: 'retrieval',
      sure: true,
      detail: {
        by: 'the panel',
        reasoning: 'Three signs point to the disk\0.',
        citations: [
          {
            kind: 'page',
            source: 'disk.md',
            title: 'Disk full',
            href: 'https://x.example/',
            score: 0.9,
          },
          {
            kind: 'incident',
            source: 'incident/inc_1',
            title: 'Then',
            quote: 'no space',
            score: 0.5,
          },
        ],
        similar: [
          {
            id: 'inc_1',
            title: 'Then',
            fix: 'Freed space.',
            resolvedAt: second(3),
            score: 0.8,
            recurrence: true,
          },
        ],
        steps: [
          { text: 'Free space.', command: 'df -h', dangerous: false, check: 'df', risk: 'none' },
        ],
        workflowId: 'wf_1',
        called: 'the storage team',
      },
    });
    const kept = {
      ...triage,
      version: 1,
      detail: { ...triage.detail, reasoning: 'Three signs point to the disk.' },
    };
    await store().triages.add(triage);
    expect(await store().triages.latest(id)).toEqual(kept);
    expect(await store().triages.history(id)).toEqual([kept]);
  });

  it('reads what was stored before triages had these', async () => {
    const { id } = await recorded(store());
    const triage = newTriage(id, { sure: true });
    await store().triages.add(triage);
    await store().pool.query(
      `update sitrep.triages set detail = default, sure = default where incident_id = $1`,
      [id],
    );
    const detail = { by: 'the local model', citations: [], similar: [], steps: [] };
    expect(await store().triages.latest(id)).toEqual({
      ...triage,
      version: 1,
      sure: false,
      detail,
    });
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

  it('counts incidents since a moment by what they were judged to be last', async () => {
    const since = new Date(Date.UTC(2032, 0, 1));
    const at = new Date(since.getTime() + 60_000);
    const [first, other] = [await recorded(store(), { at }), await recorded(store(), { at })];
    await store().triages.add(newTriage(first.id, { category: 'Network' }));
    await store().triages.add(newTriage(first.id, { category: 'Database', evidenceKey: 'more' }));
    await store().triages.add(newTriage(other.id, { category: 'Database' }));
    await store().incidents.setStatus(other.id, 'resolved', other.reporter, at);
    expect(await store().triages.picture(since)).toEqual([
      { category: 'Database', incidents: 2, resolved: 1 },
    ]);
    const { platform, workspace } = first.where;
    expect(await store().triages.picture(since, { platform, workspace })).toHaveLength(1);
    expect(await store().triages.picture(since, { platform: 'slack', workspace })).toEqual([]);
  });
}
