import { describe, expect, it } from 'vitest';
import { createIncidentMemory } from '../../../knowledge/memory/index.ts';
import type { ResolvedIncident } from '../../../src/ports/knowledge.ts';
import { clean } from '../../../src/safety/index.ts';
import { clock, knowledgeOn, page, storeOf } from './harness.ts';

const incident = (
  id: string,
  text: string,
  more: Partial<ResolvedIncident> = {},
): ResolvedIncident => ({
  id,
  text: clean(text),
  category: 'Application',
  severity: 'high',
  circle: 'slack/T1',
  confirmed: true,
  resolvedAt: new Date('2026-03-02T10:00:00Z'),
  ...more,
});

const REPORTS = [
  'Checkout answers 502 since the release of cart-api, the pods restart in a loop.',
  'Backup of the warehouse database failed twice, the volume for dumps is full.',
  'VPN to the Hamburg office is down, phase two does not come up after the firewall change.',
  'Login page is slow for everybody, the session cache evicts keys all the time.',
  'Printers on floor three print nothing, the spooler hangs.',
];

async function remembering() {
  const store = storeOf();
  const { finder, logger, lines } = knowledgeOn(store);
  let indexed = 0;
  let fails = false;
  const index = async () => {
    indexed += 1;
    if (fails) throw new Error('no vectors today');
  };
  const memory = createIncidentMemory({ finder, documents: store, index, clock, logger });
  for (const [i, text] of REPORTS.entries()) {
    const fix = clean(`Fix number ${i}.`);
    await memory.remember(
      incident(`inc-${i}`, text, { fix, href: `https://chat.example.com/${i}` }),
    );
  }
  return {
    memory,
    store,
    lines,
    indexed: () => indexed,
    fail: () => {
      fails = true;
    },
  };
}

describe('the memory of incidents', () => {
  it('recalls what was alike and what helped', async () => {
    const { memory } = await remembering();
    const { incidents } = await memory.similar(
      clean('502 on checkout again right after we released cart-api, pods crash'),
      { sight: 'everything', limit: 2 },
    );
    expect(incidents[0]).toMatchObject({
      id: 'inc-0',
      title: REPORTS[0],
      category: 'Application',
      fix: 'Fix number 0.',
      href: 'https://chat.example.com/0',
      circle: 'slack/T1',
      confirmed: true,
      resolvedAt: new Date('2026-03-02T10:00:00Z'),
    });
  });

  it('recognises the same report as come back, whatever its numbers', async () => {
    const { memory } = await remembering();
    const { incidents } = await memory.similar(clean(REPORTS[2] ?? ''), {
      sight: 'everything',
      limit: 3,
    });
    expect(incidents.map(({ id, recurrence }) => [id, recurrence])[0]).toEqual(['inc-2', true]);
    expect(incidents.slice(1).every(({ recurrence }) => !recurrence)).toBe(true);
  });

  it('takes something else for new', async () => {
    const { memory } = await remembering();
    for (const text of [
      'Checkout shows the wrong tax for Swiss customers',
      'Backup of the mail server succeeded but nobody got the report',
      'Wifi in the Hamburg office is slow',
    ]) {
      const { incidents } = await memory.similar(clean(text), { sight: 'everything', limit: 3 });
      expect(incidents.filter(({ recurrence }) => recurrence)).toEqual([]);
    }
  });

  it('takes the same alert about another host for new', async () => {
    const { memory } = await remembering();
    await memory.remember(
      incident('disk', 'DiskFull critical: volume /var on host web-04 is at 97 percent'),
    );
    const again = clean('DiskFull critical: volume /var on host web-04 is at 99 percent');
    const other = clean('DiskFull critical: volume /var on host db-11 is at 99 percent');
    expect(
      (await memory.similar(again, { sight: 'everything', limit: 1 })).incidents[0],
    ).toMatchObject({
      id: 'disk',
      recurrence: true,
    });
    expect(
      (await memory.similar(other, { sight: 'everything', limit: 1 })).incidents[0],
    ).toMatchObject({
      id: 'disk',
      recurrence: false,
    });
  });

  it('sees both earlier ones when it comes back for the third time', async () => {
    const { memory } = await remembering();
    await memory.remember(incident('again', REPORTS[3] ?? ''));
    const { incidents } = await memory.similar(clean(REPORTS[3] ?? ''), {
      sight: 'everything',
      limit: 5,
    });
    const back = incidents.filter(({ recurrence }) => recurrence).map(({ id }) => id);
    expect(back.sort()).toEqual(['again', 'inc-3']);
  });

  it('leaves out the incident itself and whatever is no incident', async () => {
    const { memory, store } = await remembering();
    await store.put(page('vpn.md', { title: 'VPN to the Hamburg office', text: REPORTS[2] ?? '' }));
    const { incidents } = await memory.similar(clean(REPORTS[2] ?? ''), {
      sight: 'everything',
      limit: 9,
      except: 'inc-2',
    });
    const ids = incidents.map(({ id }) => id);
    expect(ids).not.toContain('inc-2');
    expect(ids.every((id) => id.startsWith('inc-'))).toBe(true);
  });

  it('replaces what it remembered and forgets what was opened again', async () => {
    const { memory, indexed } = await remembering();
    await memory.remember(incident('inc-0', REPORTS[0] ?? '', { fix: clean('Rolled back.') }));
    const first = await memory.similar(clean(REPORTS[0] ?? ''), { sight: 'everything', limit: 5 });
    expect(first.incidents.filter(({ id }) => id === 'inc-0')).toMatchObject([
      { fix: 'Rolled back.' },
    ]);
    await memory.forget('inc-0');
    const later = await memory.similar(clean(REPORTS[0] ?? ''), { sight: 'everything', limit: 5 });
    expect(later.incidents.map(({ id }) => id)).not.toContain('inc-0');
    expect(indexed()).toBe(REPORTS.length + 2);
  });

  it('remembers also while vectors cannot be made', async () => {
    const { memory, fail, lines } = await remembering();
    fail();
    await memory.remember(incident('late', 'Conveyor belt controller lost its network'));
    const { incidents } = await memory.similar(clean('conveyor belt controller'), {
      sight: 'everything',
      limit: 1,
    });
    expect(incidents[0]?.id).toBe('late');
    expect(lines.some(({ message }) => message === 'vectors of a past incident must wait')).toBe(
      true,
    );
  });

  it('has nothing to say about nothing', async () => {
    const store = storeOf();
    const { finder, logger } = knowledgeOn(store);
    const index = async () => undefined;
    const memory = createIncidentMemory({ finder, documents: store, index, clock, logger });
    expect(await memory.similar(clean('anything'), { sight: 'everything', limit: 3 })).toEqual({
      incidents: [],
      degraded: [],
    });
  });
});
