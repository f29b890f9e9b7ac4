import { describe, expect, it } from 'vitest';
import { extract } from '../../../src/answers/extract.ts';
import { sentencesIn } from '../../../src/answers/sentences.ts';
import type { Passage } from '../../../src/ports/knowledge.ts';

const text = `## Meaning

The pool has no free connection and callers wait.

## Impact

Orders are lost after thirty seconds.

## Diagnosis

1. See who holds the connections.

   \`\`\`sh
   pool-ctl list --holders
   \`\`\`

## Mitigation

1. Raise the limit of the pool.

   \`\`\`sh
   pool-ctl set limit 200
   \`\`\`

   **Check:** the waiting callers go down.
   **Risk:** the database runs out of memory.

2. Restart the workers one by one.

## Verify

No caller has waited for an hour.`;

const page: Passage = {
  id: 'pool#0',
  documentId: 'pool',
  source: 'pool.md',
  title: 'Connection pool exhausted',
  section: ['Connection pool exhausted'],
  text,
  line: 1,
  kind: 'page',
  score: 0.9,
};
const other: Passage = {
  ...page,
  id: 'cake#0',
  documentId: 'cake',
  title: 'Cakes',
  text: 'Eat the pool cake.',
  score: 0.2,
};
const told = (question: string) => extract(question, [page, other]).map((one) => one.text);

describe('an answer from passages', () => {
  it('begins with what to do where a fault is reported, each step with its command', () => {
    expect(told('the connection pool is exhausted!').slice(0, 3)).toEqual([
      'Raise the limit of the pool.',
      '`pool-ctl set limit 200`',
      'Restart the workers one by one.',
    ]);
  });

  it.each([
    ['how do I find who holds the pool', 'See who holds the connections.'],
    ['what is the impact of a full pool', 'Orders are lost after thirty seconds.'],
    ['why is the pool full', 'The pool has no free connection and callers wait.'],
    ['how do I verify that it is over', 'No caller has waited for an hour.'],
    ['is it safe to raise the limit of the pool', 'Raise the limit of the pool.'],
  ])('opens the part that is asked for: %s', (question, first) => {
    expect(told(question)[0]).toBe(first);
  });

  it('tells a risk together with the step that has it, and only when asked', () => {
    expect(told('is it safe to raise the limit of the pool')).toContain(
      'Risk: the database runs out of memory.',
    );
    expect(told('raise the limit of the pool').join(' ')).not.toMatch(/Risk|Check/);
  });

  it('takes nothing from a page that is far from the best', () => {
    expect(told('pool cake').join(' ')).not.toContain('Eat');
    expect(extract('pool', [])).toEqual([]);
  });
});

describe('the sentences of a passage', () => {
  it('know their heading, their step and their label; code stays whole', () => {
    const found = sentencesIn(text);
    expect(found.find(({ isCode }) => isCode)).toEqual({
      text: 'pool-ctl list --holders',
      heading: 'diagnosis',
      step: 1,
      label: '',
      isCode: true,
    });
    expect(found.find(({ label }) => label === 'risk')).toMatchObject({
      heading: 'mitigation',
      step: 1,
      text: 'Risk: the database runs out of memory.',
    });
  });
});
