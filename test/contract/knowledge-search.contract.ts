import { expect, it } from 'vitest';
import { circleOf, type Sight, sightAt } from '../../src/domain/circle.ts';
import type { Category } from '../../src/domain/taxonomy.ts';
import type { IncidentMemory, KnowledgeSearch } from '../../src/ports/knowledge.ts';
import { clean } from '../../src/safety/index.ts';

/** A runbook as it lies in a folder. */
export type ContractPage = { source: string; title: string; category: Category; body: string };

export const CONTRACT_PAGES: readonly ContractPage[] = [
  {
    source: 'database/replication-lag.md',
    title: 'Replication lag of a Postgres standby',
    category: 'Database',
    body: 'The standby replays the write-ahead log slower than the primary writes it. Replication lag grows and reads from the standby are stale. Find the replay position of the standby and the long queries that hold it back.',
  },
  {
    source: 'network/dns-resolution.md',
    title: 'Names do not resolve',
    category: 'Network',
    body: 'Clients cannot resolve host names because the resolvers do not answer or answer SERVFAIL. Ask each resolver for a known record and compare the answers of the authoritative servers.',
  },
  {
    source: 'security/certificate-expired.md',
    title: 'A TLS certificate has expired',
    category: 'Security',
    body: 'Clients refuse the handshake because the certificate of the server has expired. Look at its end date, renew the certificate with the whole chain and reload the server.',
  },
];

export type KnowledgeHarness = { search: KnowledgeSearch; memory: IncidentMemory };

const at = new Date('2026-03-02T10:00:00Z');

/** What every search of the knowledge base does; `open` gives one that holds the contract's pages. */
export function knowledgeContract(open: () => Promise<KnowledgeHarness>): void {
  it('finds the page that answers, with its label and where it stands', async () => {
    const { search } = await open();
    const { passages, fits, degraded } = await search.search(
      clean('replication lag on the Postgres standby keeps growing, reads are stale'),
      { sight: 'everything', limit: 5 },
    );
    expect(fits).toBe(true);
    expect(degraded).toEqual([]);
    expect(passages[0]).toMatchObject({
      source: 'database/replication-lag.md',
      title: 'Replication lag of a Postgres standby',
      category: 'Database',
      kind: 'page',
    });
    expect(passages[0]?.text).toContain('standby');
    expect(passages[0]?.line).toBeGreaterThanOrEqual(1);
  });

  it('ranks best first, scores from 0 to 1, and keeps to its limit', async () => {
    const { search } = await open();
    const { passages } = await search.search(clean('certificate of the server has expired'), {
      sight: 'everything',
      limit: 2,
    });
    const scores = passages.map(({ score }) => score);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    for (const score of scores) {
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThanOrEqual(1);
    }
    expect(passages.length).toBeLessThanOrEqual(2);
  });

  it('says that nothing fits', async () => {
    const { search } = await open();
    const { fits } = await search.search(
      clean('boiling an egg for breakfast takes how many minutes'),
      {
        sight: 'everything',
        limit: 3,
      },
    );
    expect(fits).toBe(false);
  });

  it('gives one passage a document where documents are wanted', async () => {
    const { search } = await open();
    const question = clean('certificate of the server has expired');
    const { passages } = await search.search(question, {
      sight: 'everything',
      limit: 3,
      perDocument: 1,
      kind: 'page',
    });
    expect(passages[0]?.source).toBe('security/certificate-expired.md');
    expect(new Set(passages.map(({ documentId }) => documentId)).size).toBe(passages.length);
  });

  it('remembers what helped, and finds it again for the same thing', async () => {
    const { search, memory } = await open();
    await memory.remember({
      id: 'inc_old',
      text: clean('Payments fail since the acquirer rejects our client certificate at handshake'),
      category: 'Security',
      severity: 'high',
      fix: clean('Installed the intermediate certificate on both gateways'),
      circle: 'slack/T1',
      confirmed: true,
      resolvedAt: at,
    });
    const { incidents } = await memory.similar(
      clean('Payments fail since the acquirer rejects our client certificate at handshake'),
      { sight: 'everything', limit: 3 },
    );
    expect(incidents[0]).toMatchObject({
      id: 'inc_old',
      category: 'Security',
      fix: 'Installed the intermediate certificate on both gateways',
      recurrence: true,
    });
    const pages = await search.search(clean('Payments fail, client certificate, handshake'), {
      sight: 'everything',
      limit: 5,
      kind: 'page',
    });
    expect(pages.passages.filter(({ kind }) => kind !== 'page')).toEqual([]);
  });

  it('shows past incidents to nobody outside of the circle that may read them', async () => {
    const { search, memory } = await open();
    const text = clean(
      'The cooling loop of hall seven lost its pressure and the pumps have tripped',
    );
    const kept = {
      category: 'Hardware' as const,
      severity: 'high' as const,
      confirmed: false,
      resolvedAt: at,
    };
    const privately = { platform: 'slack' as const, workspace: 'T1', channel: 'C_private' };
    await memory.remember({ id: 'inc_open', text, ...kept, circle: circleOf(privately, true) });
    await memory.remember({ id: 'inc_private', text, ...kept, circle: circleOf(privately, false) });
    const seenAt = async (sight: Sight) => {
      const { incidents } = await memory.similar(text, { sight, limit: 5 });
      const { passages } = await search.search(text, { sight, limit: 5, kind: 'incident' });
      const found = [...new Set(passages.map(({ incident }) => incident?.id))];
      expect(found.toSorted()).toEqual(incidents.map(({ id }) => id).toSorted());
      return found.toSorted();
    };
    expect(await seenAt(sightAt(privately))).toEqual(['inc_open', 'inc_private']);
    expect(await seenAt(sightAt({ ...privately, channel: 'C_other' }))).toEqual(['inc_open']);
    expect(await seenAt(sightAt({ ...privately, workspace: 'T2' }))).toEqual([]);
    expect(await seenAt('everything')).toEqual(['inc_open', 'inc_private']);
  });

  it('leaves out the incident that asks, and what was forgotten', async () => {
    const { memory } = await open();
    const text = clean('Backups of the ledger stop with a checksum error on tape nine');
    const kept = {
      category: 'Database' as const,
      severity: 'high' as const,
      circle: 'slack/T1',
      confirmed: true,
      resolvedAt: at,
    };
    await memory.remember({ id: 'inc_a', text, ...kept });
    await memory.remember({ id: 'inc_b', text, ...kept });
    const ids = async (except?: string) =>
      (
        await memory.similar(text, {
          sight: 'everything',
          limit: 5,
          ...(except === undefined ? {} : { except }),
        })
      ).incidents.map(({ id }) => id);
    expect(await ids('inc_a')).toEqual(['inc_b']);
    await memory.forget('inc_b');
    expect(await ids()).toEqual(['inc_a']);
  });

  it('remembers the latest that was said about an incident', async () => {
    const { memory } = await open();
    const text = clean('Badge readers at the north gate refuse every card');
    const kept = {
      text,
      category: 'Security' as const,
      severity: 'high' as const,
      circle: 'slack/T1',
      confirmed: true,
      resolvedAt: at,
    };
    await memory.remember({ id: 'inc_c', ...kept, fix: clean('Restarted the controller') });
    await memory.remember({ id: 'inc_c', ...kept, fix: clean('Replaced the controller') });
    const { incidents } = await memory.similar(text, { sight: 'everything', limit: 5 });
    expect(incidents).toHaveLength(1);
    expect(incidents[0]?.fix).toBe('Replaced the controller');
  });
}
