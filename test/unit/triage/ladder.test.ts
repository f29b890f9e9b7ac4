import { describe, expect, it } from 'vitest';
import type { CleanText } from '../../../src/domain/clean-text.ts';
import { clean } from '../../../src/safety/index.ts';
import { CONTRACT_LADDER } from '../../../src/triage/index.ts';
import { createFakeKnowledge, type FakePage } from '../../fakes/fake-knowledge.ts';
import { createFakeModel } from '../../fakes/fake-model.ts';
import { ladderWith, says, verdict } from './helpers.ts';

const REPORT = 'The standby replays slowly and replication lag keeps growing on orders';
const page: FakePage = {
  source: 'database/replication-lag.md',
  title: 'Replication lag on a standby',
  section: ['Mitigation'],
  text: '1. Find what holds the standby back: it replays slowly, replication keeps growing.\n   **Check:** the lag falls.',
  category: 'Database',
  severity: 'low',
  href: 'https://runbooks.example.com/lag',
};
const past = {
  id: 'inc_old',
  text: clean('Replication lag keeps growing on orders, the standby replays slowly again'),
  category: 'Database' as const,
  severity: 'high' as const,
  fix: clean('Ended the report that held the standby back'),
  circle: 'slack/T1',
  confirmed: true,
  resolvedAt: new Date('2026-03-03T10:00:00Z'),
};
const unsure = verdict({ Network: 0.42, Database: 0.38 });

describe('the fast rung', () => {
  it.each([
    ['confident and certain', verdict({ Network: 0.95 }), true],
    ['not confident enough', verdict({ Network: 0.84 }), false],
    ['torn between words', verdict({ Network: 0.95 }, uncertain({ mc_dropout: 0.31 })), false],
    ['with two close candidates', verdict({ Network: 0.95 }, uncertain({ margin: 0.19 })), false],
    ['with its chances spread', verdict({ Network: 0.95 }, uncertain({ entropy: 1.01 })), false],
  ])('takes a verdict that is %s as its thresholds say', (_, given, sure) => {
    const judged = ladderWith({ classifier: says(given) }).fast(REPORT);
    expect(judged.sure).toBe(sure);
    expect(judged.detail.by).toBe('the local model');
  });

  it('decides by the thresholds it was given, and says so in the verdict', () => {
    const given = verdict({ Network: 0.95 }, uncertain({ should_escalate: true }));
    expect(ladderWith({ classifier: says(given) }).fast(REPORT).uncertainty.should_escalate).toBe(
      false,
    );
    const strict = { ...CONTRACT_LADDER, mostDropout: 0.05 };
    const judged = ladderWith({ classifier: says(given), thresholds: strict }).fast(REPORT);
    expect(judged).toMatchObject({ sure: false, uncertainty: { should_escalate: true } });
  });

  it('shows the model no secret', () => {
    const seen: string[] = [];
    const classifier = {
      version: 'spy',
      reportLikelihood: () => 1,
      classify: (text: string) => {
        seen.push(text);
        return unsure;
      },
    };
    ladderWith({ classifier }).fast('db refuses password=hunter2hunter2 since noon');
    expect(seen.join()).not.toContain('hunter2hunter2');
    expect(seen.join()).toContain('db refuses');
  });
});

describe('the retrieval rung', () => {
  it('says that there is nothing to read, and changes nothing', async () => {
    const ladder = ladderWith({ classifier: says(unsure) });
    const judged = await ladder.retrieve(REPORT, ladder.fast(REPORT), { sight: 'everything' });
    expect(judged.detail.reasoning).toMatch(/^There was nothing to read/);
    expect(judged.probabilities).toEqual(unsure.probabilities);
    expect(judged.detail.citations).toEqual([]);
    expect(judged.detail.steps).toMatchObject([{ from: 'a suggestion of the local model' }]);
  });

  it('says that nothing fits, and cites nothing then', async () => {
    const knowledge = createFakeKnowledge([page]);
    const ladder = ladderWith({ classifier: says(unsure), search: knowledge, memory: knowledge });
    const text = 'Somebody phished the finance team';
    const judged = await ladder.retrieve(text, ladder.fast(text), { sight: 'everything' });
    expect(judged.detail.reasoning).toBe('No runbook and no past incident fits.');
    expect(judged.detail.citations).toEqual([]);
    expect(judged.confidence).toBe(unsure.confidence);
  });

  it('decides again with what it found, cites it, and recommends what it says', async () => {
    const knowledge = createFakeKnowledge([page], [past]);
    const ladder = ladderWith({ classifier: says(unsure), search: knowledge, memory: knowledge });
    const judged = await ladder.retrieve(REPORT, ladder.fast(REPORT), { sight: 'everything' });
    expect(judged.category).toBe('Database');
    expect(judged.confidence).toBeGreaterThan(unsure.confidence);
    expect(judged.detail.citations).toMatchObject([
      { source: page.source, title: page.title, href: page.href },
    ]);
    expect(judged.detail.similar).toMatchObject([
      { id: 'inc_old', fix: 'Ended the report that held the standby back' },
    ]);
    expect(judged.detail.steps.map(({ from }) => from)).toContain(page.title);
    expect(judged.detail.steps.find(({ from }) => from === page.title)).toMatchObject({
      check: 'the lag falls.',
    });
  });

  it('does not take its own unconfirmed verdict on a past incident for a proof', async () => {
    const knowledge = createFakeKnowledge([], [{ ...past, confirmed: false }]);
    const ladder = ladderWith({ classifier: says(unsure), memory: knowledge });
    const judged = await ladder.retrieve(REPORT, ladder.fast(REPORT), { sight: 'everything' });
    expect(judged.probabilities).toEqual(unsure.probabilities);
    expect(judged.detail.similar).toMatchObject([{ id: 'inc_old' }]);
  });

  it('never lets a runbook lower a severity', async () => {
    const knowledge = createFakeKnowledge([{ ...page, text: `${page.text}\nSeverity: low.` }]);
    const ladder = ladderWith({ classifier: says(unsure), search: knowledge });
    const judged = await ladder.retrieve(REPORT, ladder.fast(REPORT), { sight: 'everything' });
    expect(judged.severity).toBe('high');
  });

  it('leaves out the incident itself', async () => {
    const knowledge = createFakeKnowledge([], [past]);
    const ladder = ladderWith({ classifier: says(unsure), memory: knowledge });
    const judged = await ladder.retrieve(REPORT, ladder.fast(REPORT), {
      sight: 'everything',
      except: past.id,
    });
    expect(judged.detail.similar).toEqual([]);
  });

  it('goes on without a part that is away, and says so', async () => {
    const knowledge = createFakeKnowledge([page], [past]);
    knowledge.break();
    const ladder = ladderWith({ classifier: says(unsure), search: knowledge, memory: knowledge });
    const judged = await ladder.retrieve(REPORT, ladder.fast(REPORT), { sight: 'everything' });
    expect(judged.probabilities).toEqual(unsure.probabilities);
    expect(judged.degraded).toEqual([
      'The runbooks could not be searched.',
      'Past incidents could not be searched.',
    ]);
  });

  it('goes on without a part that does not answer', async () => {
    const knowledge = createFakeKnowledge([page], [past]);
    knowledge.hang();
    const ladder = ladderWith({ classifier: says(unsure), search: knowledge });
    const judged = await ladder.retrieve(REPORT, ladder.fast(REPORT), { sight: 'everything' });
    expect(judged.degraded).toEqual(['The runbooks could not be searched.']);
  });

  it('ends when its caller lets go', async () => {
    const knowledge = createFakeKnowledge([page]);
    const model = createFakeModel();
    model.plan('incident_reading', new Promise(() => undefined));
    const ladder = ladderWith({ classifier: says(unsure), search: knowledge, model });
    const letGo = new AbortController();
    const judged = ladder.retrieve(REPORT, ladder.fast(REPORT), {
      sight: 'everything',
      signal: letGo.signal,
    });
    setTimeout(() => letGo.abort(), 10);
    await expect(judged).rejects.toBeDefined();
  });
});

describe('a language model that reads along', () => {
  const read = (category: string) => ({ category, reasoning: 'Passage 1 fits.', fitting: [1] });

  function withModel(plan: unknown, given = unsure) {
    const knowledge = createFakeKnowledge([{ ...page, category: 'Network' }]);
    const model = createFakeModel();
    model.plan('incident_reading', plan);
    const ladder = ladderWith({ classifier: says(given), search: knowledge, model });
    return {
      model,
      ladder,
      judge: () => ladder.retrieve(REPORT, ladder.fast(REPORT), { sight: 'everything' }),
    };
  }

  it('is one voice among others: it turns a close call', async () => {
    const without = await withModel(read('Network')).judge();
    const judged = await withModel(read('Database')).judge();
    expect(judged.probabilities.Database).toBeGreaterThan(without.probabilities.Database);
    expect(judged.detail.reasoning).toBe('Passage 1 fits.');
  });

  it('does not turn a clear one, and is never asked how sure it is', async () => {
    const { judge, model } = withModel(
      { ...read('Security'), confidence: 1 },
      verdict({ Network: 0.8 }),
    );
    expect((await judge()).category).toBe('Network');
    expect(model.calls()[0]?.instructions).not.toMatch(/confiden/i);
  });

  it.each([
    ['in another shape', { category: 'Weather' }],
    ['not at all', new Error('away')],
  ])('that answers %s is missed, and that is said', async (_, plan) => {
    const judged = await withModel(plan).judge();
    expect(judged.degraded).toEqual([
      'The language model did not answer; the verdict was made without it.',
    ]);
    expect(judged.detail.citations).toHaveLength(1);
  });

  it('sees the report and the passages inside fences, and no secret', async () => {
    const { ladder, model } = withModel(read('Database'));
    const text = `${REPORT} password=hunter2hunter2`;
    await ladder.retrieve(text, ladder.fast(text), { sight: 'everything' });
    const input = model.calls()[0]?.input as CleanText;
    expect(input).not.toContain('hunter2hunter2');
    const [, nonce] = /<untrusted-report-(\w+)>/.exec(input) ?? [];
    expect(nonce).toBeDefined();
    expect(input).toContain(`</untrusted-report-${nonce}>`);
    expect(input).toContain(`<untrusted-passage-${nonce}>`);
  });

  it('is not asked when there is nothing to read', async () => {
    const model = createFakeModel();
    const ladder = ladderWith({ classifier: says(unsure), search: createFakeKnowledge(), model });
    await ladder.retrieve(REPORT, ladder.fast(REPORT), { sight: 'everything' });
    expect(model.calls()).toEqual([]);
  });
});

function uncertain(change: Partial<(typeof unsure)['uncertainty']>) {
  return {
    uncertainty: { mc_dropout: 0.1, margin: 0.5, entropy: 0.5, should_escalate: false, ...change },
  };
}
