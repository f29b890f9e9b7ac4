import { expect, it } from 'vitest';
import { isSameEvidence } from '../../../src/rca/same-evidence.ts';

const EVIDENCE = 'INC-48213: auth errors led payment failures by 2 minutes\np-value: 0.001';

it.each([
  ['itself', EVIDENCE],
  ['another ticket', EVIDENCE.replace('INC-48213', 'OPS-7712')],
  ['another order of its sentences', EVIDENCE.split('\n').toReversed().join('\n')],
  [
    'other words around',
    'Payment failures followed the auth errors after 2 min\na p-value of 0.001',
  ],
  ['other forms of its words', 'auth error preceded payment failure by 2 minutes (p-value 0.001)'],
])('is the same as %s', (_, other) => {
  expect(isSameEvidence(EVIDENCE, other)).toBe(true);
  expect(isSameEvidence(other, EVIDENCE)).toBe(true);
});

it.each([
  ['another happening', EVIDENCE.replace('errors', 'latency')],
  ['another part', EVIDENCE.replace('payment', 'order')],
  ['a denial', EVIDENCE.replace('led', 'never led')],
  ['another number', EVIDENCE.replace('2 minutes', '9 minutes')],
  ['more than it says', `${EVIDENCE}\nthe certificate had expired`],
  ['less than it says', 'p-value: 0.001'],
  ['another code', EVIDENCE.replace('errors', 'EIO')],
])('is not the same as %s', (_, other) => {
  expect(isSameEvidence(EVIDENCE, other)).toBe(false);
  expect(isSameEvidence(other, EVIDENCE)).toBe(false);
});
