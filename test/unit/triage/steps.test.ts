import { describe, expect, it } from 'vitest';
import { ACTIONS } from '../../../src/domain/taxonomy.ts';
import type { Passage, SimilarIncident } from '../../../src/ports/knowledge.ts';
import { createRecommend, createTriageText } from '../../../src/triage/index.ts';
import { listItems } from '../../../src/triage/steps/list-items.ts';
import { recommendSteps } from '../../../src/triage/steps/recommend-steps.ts';
import { createFakeKnowledge } from '../../fakes/fake-knowledge.ts';
import { clock, ladderWith, noMetrics, quiet, says, verdict } from './helpers.ts';

const MITIGATION = `Some words first.

1. End sessions that [wait](https://example.com) in a **transaction**.

   \`\`\`sql
   SELECT pid FROM pg_stat_activity;
   \`\`\`

   **Check:** logins succeed.
   **Risk:** open work is lost.
   **Undo:** none; run it again.

2. Restart the pool with \`systemctl restart pgbouncer\` on one host.

### Afterwards

Tell the team.
`;

function passage(change: Partial<Passage> = {}): Passage {
  return {
    id: 'p1',
    documentId: 'd1',
    source: 'database/connections.md',
    title: 'Too many connections',
    section: ['Mitigation'],
    text: MITIGATION,
    line: 1,
    kind: 'page',
    score: 0.8,
    ...change,
  };
}

function similar(change: Partial<SimilarIncident> = {}): SimilarIncident {
  return {
    id: 'inc_old',
    title: 'Logins fail',
    category: 'Database',
    fix: 'Doubled the pool',
    resolvedAt: clock.now(),
    score: 0.8,
    recurrence: false,
    ...change,
  };
}

describe('a list in a runbook', () => {
  it('is taken apart into what to do, its command and its notes', () => {
    expect(listItems(MITIGATION)).toEqual([
      {
        text: 'End sessions that wait in a transaction.',
        command: 'SELECT pid FROM pg_stat_activity;',
        check: 'logins succeed.',
        risk: 'open work is lost.',
        rollback: 'none; run it again.',
      },
      {
        text: 'Restart the pool with systemctl restart pgbouncer on one host.',
        command: 'systemctl restart pgbouncer',
      },
    ]);
  });

  it('that is none gives nothing', () => {
    expect(listItems('Only words, no list.\n\n# And a heading\n')).toEqual([]);
    expect(listItems('')).toEqual([]);
  });
});

describe('recommended steps', () => {
  it('put first what helped before, then the runbook, and say where each comes from', () => {
    const steps = recommendSteps({
      action: 'restart',
      passages: [passage()],
      similar: [similar()],
    });
    expect(steps.map(({ from }) => from)).toEqual([
      'Logins fail',
      'Too many connections',
      'Too many connections',
    ]);
    expect(steps[0]?.text).toBe('What helped then: Doubled the pool');
  });

  it('prefer mitigation to diagnosis, and leave other sections alone', () => {
    const item = (text: string) => `1. ${text}\n`;
    const steps = recommendSteps({
      action: 'restart',
      passages: [
        passage({ id: 'a', section: ['Meaning'], text: item('This is a meaning.') }),
        passage({ id: 'b', section: ['Diagnosis'], text: item('Look at the log.') }),
        passage({ id: 'c', section: ['Mitigation'], text: item('Make the pool larger.') }),
      ],
    });
    expect(steps.map(({ text }) => text)).toEqual(['Make the pool larger.', 'Look at the log.']);
  });

  it.each([
    ['rm -rf /var/lib/postgresql', true],
    ['kubectl delete namespace shop', true],
    ['psql -c "DROP TABLE orders"', true],
    ['git push --force origin main', true],
    ['kubectl get pods -n shop', false],
  ])('mark %s as dangerous: %s', (command, dangerous) => {
    const text = `1. Do what is needed here.\n\n   \`\`\`sh\n   ${command}\n   \`\`\`\n`;
    const [inFence] = recommendSteps({ action: 'restart', passages: [passage({ text })] });
    expect(inFence).toMatchObject({ command, dangerous });
    const [asFix] = recommendSteps({
      action: 'restart',
      similar: [similar({ fix: `We ran ${command}` })],
    });
    expect(asFix?.dangerous).toBe(dangerous);
    const [asAdvice] = recommendSteps({
      action: 'restart',
      opinion: { by: 'the panel', recommendations: [`Run ${command}`] },
    });
    expect(asAdvice).toMatchObject({ from: 'the panel', dangerous });
  });

  it('are not taken from pages and incidents that hardly fit', () => {
    const steps = recommendSteps({
      action: 'rollback',
      passages: [passage({ score: 0.3 })],
      similar: [similar({ score: 0.4 })],
    });
    expect(steps).toMatchObject([{ from: 'a suggestion of the local model' }]);
  });

  it.each(ACTIONS)('are a marked suggestion where nothing better is known: %s', (action) => {
    const [step, ...others] = recommendSteps({ action });
    expect(others).toEqual([]);
    expect(step).toMatchObject({ from: 'a suggestion of the local model', dangerous: false });
    for (const part of [step?.text, step?.check, step?.risk, step?.rollback]) {
      expect(part).toMatch(/^[A-Z].*\.$/);
    }
  });
});

describe('a remediation plan', () => {
  const page = {
    source: 'database/connections.md',
    title: 'Too many connections',
    section: ['Mitigation'],
    text: MITIGATION,
    category: 'Database' as const,
  };
  const planFor = async (text: string, pages = [page]) => {
    const search = createFakeKnowledge(pages);
    const ladder = ladderWith({ classifier: says(verdict({ Database: 0.97 })), search });
    const triageText = createTriageText({
      ladder,
      deadlineMs: 1_000,
      clock,
      logger: quiet,
      metrics: noMetrics,
    });
    return createRecommend({ triageText })(text);
  };

  it('is read from the runbook that fits, also when the verdict was sure at once', async () => {
    const plan = await planFor('Too many connections, sessions wait in a transaction');
    expect(plan.steps).toHaveLength(2);
    expect(plan).toMatchObject({
      category: 'Database',
      successCriteria: ['logins succeed.'],
      risks: ['open work is lost.'],
      rollbackPlan: ['none; run it again.'],
      citations: [{ title: 'Too many connections' }],
    });
    expect(plan.estimatedTime).toMatch(/^About 10 minutes/);
  });

  it('does not pretend to know how long it takes when nothing was found', async () => {
    const plan = await planFor('Something else is broken', []);
    expect(plan.estimatedTime).toMatch(/^Not known/);
    expect(plan.steps).toHaveLength(1);
  });
});

describe('a page that begins with what cannot be taken back', () => {
  const dangerous = passage({
    id: 'm',
    text: '1. Drop it:\n\n   ```sql\n   DROP TABLE sessions;\n   ```\n',
  });
  const look = passage({ id: 'd', section: ['Diagnosis'], text: '1. See who holds them.\n' });

  it('is begun with a look', () => {
    const steps = recommendSteps({ action: 'restart', passages: [dangerous, look] });
    expect(steps.map(({ text, dangerous: bad }) => [text, bad])).toEqual([
      ['See who holds them.', false],
      ['Drop it:', true],
    ]);
  });

  it('is taken as it is where it says nothing of looking', () => {
    const steps = recommendSteps({ action: 'restart', passages: [dangerous] });
    expect(steps).toMatchObject([{ dangerous: true }]);
  });
});
