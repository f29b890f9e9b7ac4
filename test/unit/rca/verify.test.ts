import { describe, expect, it } from 'vitest';
import { parseRca } from '../../../src/domain/rca.ts';
import { keepTraced } from '../../../src/rca/telling.ts';
import { createVerifier } from '../../../src/rca/verify/verify.ts';
import { createDice, madeUpCase } from '../../bench/rca-cases.ts';
import { FITTED } from '../../bench/rca-fitted.ts';
import { HELD_OUT } from '../../bench/rca-held-out.ts';
import { LIES, tellLie, tellTruth } from '../../bench/rca-lies.ts';
import { CONTRACT_EXPLANATION, payments, printing } from './examples.ts';

const verifier = createVerifier(payments());
const kinds = (text: string) =>
  verifier.check(text).flatMap(({ faults }) => faults.map(({ kind }) => kind));

describe('tracing an explanation to its analysis', () => {
  it('finds nothing wrong with the explanation that the contract shows', () => {
    expect(kinds(CONTRACT_EXPLANATION)).toEqual([]);
  });

  it.each([
    'Payments failed for one hour.',
    'It lasted sixty minutes, and the severity was about 84 %.',
    'Nine in ten: that is how closely the signals moved together.',
    'On December 3, 2025 at 8:30 a.m. it was over.',
    'Login trouble is not to blame; a fault in the token validator is.',
    'The auth service failed first, and payments followed two minutes later.',
  ])('traces other words for what it says: %s', (sentence) => {
    expect(kinds(sentence)).toEqual([]);
  });

  it.each([
    ['unknown-name', 'The billing service failed too.'],
    ['unknown-name', 'After that order-router stopped.'],
    ['unknown-name', 'Messages piled up in Kafka.'],
    ['wrong-number', 'The severity was 60 %.'],
    ['wrong-number', 'We are 85 % confident.'],
    ['wrong-number', 'Seven services were hit.'],
    ['wrong-number', 'It cost $20,000.'],
    ['wrong-time', 'It began at 07:45 UTC.'],
    ['wrong-time', 'It began at 07:30 EST.'],
    ['wrong-time', 'It lasted 3 hours.'],
    ['wrong-time', 'Auth errors led payment failures by 1 hour.'],
    ['wrong-time', 'It happened on 4 December 2025.'],
    ['wrong-root-cause', 'The root cause was in the payment service.'],
    ['wrong-root-cause', 'It was the payment service that caused the outage.'],
    ['wrong-root-cause', 'The auth service was not the root cause.'],
    ['wrong-order', 'The payment service made the auth service fail.'],
    ['wrong-order', 'The auth service failed because of the payment service.'],
    ['wrong-order', 'Because payments failed, the auth service stopped.'],
    ['wrong-order', 'The payment service danced around the auth service.'],
    ['unknown-cause', 'It was caused by solar flares.'],
  ])('finds %s in: %s', (kind, sentence) => {
    expect(kinds(sentence)).toContain(kind);
  });

  it('reads a story that is told in several sentences', () => {
    expect(kinds('First the payment service failed. Then the auth service failed.')).not.toEqual(
      [],
    );
    expect(kinds('First the auth service failed. Then the payment service failed.')).toEqual([]);
  });

  it('reads the order of a list', () => {
    const list = (...items: string[]) =>
      createVerifier(printing())
        .check(`How it spread:\n${items.map((item, i) => `${i + 1}. ${item}.`).join('\n')}`)
        .flatMap(({ faults }) => faults.map(({ kind }) => kind));
    expect(list('The font store', 'The layout engine', 'The ticket printer')).toEqual([]);
    expect(list('The layout engine', 'The font store', 'The ticket printer')).toContain(
      'wrong-order',
    );
  });

  it('names no root cause where the analysis names none', () => {
    const rootless = createVerifier(
      parseRca({
        impact: { impactService: 'gate-keeper' },
        chains: [{ steps: [{ service: 'seat-map' }, { service: 'gate-keeper' }] }],
      }),
    );
    expect(rootless.check('The root cause was the gate keeper.')[0]?.faults).not.toEqual([]);
  });
});

describe('keeping what can be traced', () => {
  it('drops a sentence and says why', () => {
    const told = keepTraced(`${CONTRACT_EXPLANATION}\n- Restart the billing service`, verifier);
    expect(told.text).toBe(CONTRACT_EXPLANATION);
    expect(told.dropped).toEqual([
      { sentence: '- Restart the billing service', reason: 'The analysis does not name billing.' },
    ]);
    expect(told.isEnough).toBe(true);
  });

  it('numbers the rest of a list anew, and leaves no heading without its list', () => {
    const told = keepTraced(
      'The root cause was the auth service.\nSteps:\n1. Auth failed.\n2. Redis failed.\n3. Payments failed.\nAsk:\n- The Stripe team',
      verifier,
    );
    expect(told.text).toBe(
      'The root cause was the auth service.\nSteps:\n1. Auth failed.\n2. Payments failed.',
    );
  });

  it('is not enough without the root cause, or with half of it gone', () => {
    expect(keepTraced('Payments failed for one hour.', verifier).isEnough).toBe(false);
    const mostlyLies = 'The auth service failed first. Redis failed. Kafka failed. Stripe failed.';
    expect(keepTraced(mostlyLies, verifier).isEnough).toBe(false);
  });
});

describe('a model that lies in many phrasings about made-up analyses', () => {
  const dice = createDice(11);
  const cases = Array.from({ length: 8 }, () => madeUpCase(dice));

  describe.each([
    ['phrasings that the checks were fitted to', FITTED, 0.95],
    ['phrasings that they were not', HELD_OUT, 0.85],
  ] as const)('in %s', (_, phrasings, leastKept) => {
    it.each(LIES)('is caught at least 95 times in a hundred: %s', (kind) => {
      let told = 0;
      let caught = 0;
      for (const rca of cases) {
        const checks = createVerifier(rca);
        for (let i = 0; i < 7; i++) {
          const lying = tellLie(rca, kind, phrasings, dice);
          if (lying?.lie === undefined) continue;
          const { isEnough, text } = keepTraced(lying.text, checks);
          told++;
          if (!isEnough || !text.includes(withoutMark(lying.lie.text))) caught++;
        }
      }
      expect(told).toBeGreaterThan(50);
      expect(caught / told).toBeGreaterThanOrEqual(0.95);
    });

    it('while few true sentences are dropped', () => {
      let told = 0;
      let kept = 0;
      for (const rca of cases) {
        const checks = createVerifier(rca);
        for (let i = 0; i < 3; i++) {
          const truth = tellTruth(rca, phrasings, dice);
          const { text } = keepTraced(truth.text, checks);
          told += truth.sentences.length;
          kept += truth.sentences.filter((one) => text.includes(withoutMark(one.text))).length;
        }
      }
      expect(kept / told).toBeGreaterThanOrEqual(leastKept);
    });
  });
});

/** Marks of a list are numbered anew. */
function withoutMark(text: string): string {
  return text.replace(/^\s*(?:\d+[.)]|[-*•])\s+/, '');
}
