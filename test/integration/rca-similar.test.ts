import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMemoryCache } from '../../adapters/cache/memory-cache.ts';
import { type Chroma, startChroma } from '../../knowledge/chroma/index.ts';
import { createLocalEmbedder } from '../../knowledge/embedding/index.ts';
import { createSimilarTexts } from '../../knowledge/similar/index.ts';
import { parseRca, type Rca } from '../../src/domain/rca.ts';
import { createMetrics } from '../../src/observability/index.ts';
import { createExplain } from '../../src/rca/index.ts';
import { createIds } from '../../src/system.ts';
import { CONTRACT_EXPLANATION, PAYMENTS } from '../unit/rca/examples.ts';
import { createWriter } from '../unit/rca/writer.ts';
import { chromaRunsHere, eventuallyUp, recordingLogger } from './chroma-harness.ts';

const analysis = (change: Partial<typeof PAYMENTS>): Rca => parseRca({ ...PAYMENTS, ...change });
const withEvidence = (...details: string[]): Rca =>
  analysis({
    rootCause: {
      ...PAYMENTS.rootCause,
      evidence: details.map((text) => ({ type: 'note', details: text })),
    },
  });

const FIRST = withEvidence(
  'Spearman correlation: 0.92, p-value: 0.001',
  'INC-48213: auth errors led payment failures by 2 minutes',
);
const REWORDED = withEvidence(
  'payment failures followed auth errors after 2 minutes (INC-51877)',
  'A correlation of 0.92 (Spearman), with a p-value of 0.001',
);

describe.skipIf(!chromaRunsHere)(
  'explanations of the same in other words (skipped where the package of Chroma has no build for this machine)',
  () => {
    let time: number;
    let address: () => string | undefined;

    function start(writer: ReturnType<typeof createWriter>) {
      const clock = { now: () => new Date(time) };
      const logger = recordingLogger();
      const { metrics, text } = createMetrics();
      const ids = createIds(clock);
      const cache = createMemoryCache({ clock });
      const similar = createSimilarTexts({
        name: `test-${ids.next('run')}`,
        address: () => address(),
        embedder: createLocalEmbedder(),
        clock,
      });
      const deps = { cache, cacheTtlMs: 3_600_000, clock, ids, logger, metrics, similar };
      const explain = createExplain({ ...deps, model: writer.model });
      const outcomes = async () =>
        (await text()).match(/(?<=mira_rca_analyze_similar_total\{.*outcome=")\w+/g) ?? [];
      return { explain, deps, logger, outcomes, written: writer.written };
    }

    let chroma: Chroma;
    let varDir: string;
    beforeAll(async () => {
      varDir = mkdtempSync(join(tmpdir(), 'sitrep-similar-'));
      const clock = { now: () => new Date() };
      chroma = await startChroma({ varDir, clock, logger: recordingLogger() });
    });
    afterAll(async () => {
      await chroma.close();
      rmSync(varDir, { recursive: true, force: true, maxRetries: 5 });
    });
    beforeEach(async () => {
      await eventuallyUp(() => chroma.part.health());
      time = Date.UTC(2026, 0, 2, 12);
      address = () => chroma.address();
    });
    const open = () => start(createWriter({ write: () => CONTRACT_EXPLANATION }));

    it('are given again, say so, and are then known by heart', async () => {
      const { explain, written, outcomes } = open();
      const first = await explain(FIRST);
      const again = await explain(REWORDED);
      expect(again).toMatchObject({
        explanation: first.explanation,
        cached: true,
        cachedFrom: 'similar',
        verified: true,
      });
      expect(again.sourceHash).not.toBe(first.sourceHash);
      expect(await explain(REWORDED)).toMatchObject({ cached: true, cachedFrom: 'same' });
      expect(written).toHaveLength(1);
      expect(await outcomes()).toEqual(['miss', 'hit']);
    });

    const root = PAYMENTS.rootCause;
    const [chain] = PAYMENTS.chains;
    const steps = chain?.steps ?? [];
    it.each<[string, Rca]>([
      ['another root', analysis({ rootCause: { ...root, service: 'payment-service' } })],
      ['another part of it', analysis({ rootCause: { ...root, component: 'key_store' } })],
      [
        'another order',
        analysis({
          chains: [{ ...chain, score: 0.89, durationHops: 2, steps: steps.toReversed() }],
        }),
      ],
      ['another severity', analysis({ impact: { ...PAYMENTS.impact, severity: 0.35 } })],
      [
        'another time',
        analysis({
          impact: {
            ...PAYMENTS.impact,
            timeStartStr: '2025-12-04T07:30:00Z',
            timeEndStr: '2025-12-04T08:30:00Z',
          },
        }),
      ],
      [
        'another finding',
        withEvidence(
          'Spearman correlation: 0.92, p-value: 0.001',
          'the certificate of auth expired 2 minutes before payment failures',
        ),
      ],
      [
        'a word that changes it',
        withEvidence(
          'Spearman correlation: 0.92, p-value: 0.001',
          'auth latency led payment failures by 2 minutes',
        ),
      ],
      [
        'a denial',
        withEvidence(
          'Spearman correlation: 0.92, p-value: 0.001',
          'no auth errors led payment failures by 2 minutes',
        ),
      ],
      [
        'another number',
        withEvidence(
          'Spearman correlation: 0.92, p-value: 0.001',
          'auth errors led payment failures by 9 minutes',
        ),
      ],
    ])('are not given for %s', async (_, other) => {
      const { explain, written } = open();
      await explain(FIRST);
      expect((await explain(other)).cached).toBe(false);
      expect(written).toHaveLength(2);
    });

    it('stay with their audience, model and prompt', async () => {
      const { explain, deps, written } = open();
      await explain(FIRST);
      expect((await explain(REWORDED, { audience: 'customer' })).cached).toBe(false);
      const writer = createWriter({ write: () => CONTRACT_EXPLANATION });
      const others = [
        createExplain({ ...deps, model: { ...writer.model, model: 'gpt-5' } }),
        createExplain({ ...deps, model: { ...writer.model, provider: 'anthropic' } }),
        createExplain({ ...deps, model: writer.model, promptTemplate: 'Why? {{.TOONData}}' }),
      ];
      for (const other of others) expect((await other(REWORDED)).cached).toBe(false);
      expect([written.length, writer.written.length]).toEqual([2, 3]);
    });

    it('are not given when a sentence is not true of the new analysis', async () => {
      // True of the first analysis alone.
      const text = `${CONTRACT_EXPLANATION}\n- The chain scores 0.89`;
      const { explain, written, outcomes } = start(createWriter({ write: () => text }));
      await explain(FIRST);
      const other = {
        ...REWORDED,
        chains: REWORDED.chains.map((one) => ({ ...one, score: 0.71 })),
      };
      expect((await explain(other)).cached).toBe(false);
      expect(written).toHaveLength(2);
      expect(await outcomes()).toContain('untraceable');
    });

    it('are forgotten when their time is up, and by a flush', async () => {
      const { explain } = open();
      await explain(FIRST);
      await explain.flush();
      expect((await explain(REWORDED)).cached).toBe(false);
      time += 3_600_000;
      expect((await explain(FIRST)).cached).toBe(false);
    });

    it('are done without while Chroma is away', async () => {
      const { explain, logger, outcomes } = open();
      await explain(FIRST);
      address = () => undefined;
      expect((await explain(REWORDED)).cached).toBe(false);
      address = () => 'http://127.0.0.1:9';
      expect((await explain(analysis({ chains: [] }))).cached).toBe(false);
      expect(await outcomes()).toEqual(['miss', 'away']);
      expect(logger.lines.filter(({ level }) => level !== 'debug')).toEqual([]);
    });
  },
);
