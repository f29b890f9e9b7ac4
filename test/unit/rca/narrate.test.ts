import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AUDIENCES, parseRca } from '../../../src/domain/rca.ts';
import { narrate } from '../../../src/rca/narrate.ts';
import { createVerifier } from '../../../src/rca/verify/verify.ts';
import { symptomOf } from '../../../src/rca/words/metrics.ts';
import { theService } from '../../../src/rca/words/names.ts';
import { readingGrade, wordCount } from '../../../src/rca/words/reading.ts';
import { createDice, madeUpCase } from '../../bench/rca-cases.ts';
import { payments, printing } from './examples.ts';

describe('the narrator', () => {
  it('tells what happened, when, to whom, why, how surely and what to do', () => {
    expect(narrate(payments(), 'executive')).toBe(
      [
        'On 3 December 2025, from 07:30 to 08:30 UTC (1 hour), the payment service had a problem: failed payments. It was a very serious problem, with its severity rated 85 %. It hurt those who use the payment service.',
        '',
        'The root cause was in the authentication service (part: token validator). This is how the trouble spread, in order:',
        '1. The authentication service: auth token errors.',
        '2. The payment service: failed payments.',
        '',
        'We are quite sure of this path (89 %). The warning signs moved together very closely (92 %). Also seen: auth errors led payment failures by 2 minutes.',
        '',
        'What to do:',
        '- Ask the team that runs auth-service to check token_validator first.',
        '- Add a safe stop between the authentication service and the payment service, so that one fault does not spread.',
        '- Check that the payment service works again for all.',
      ].join('\n'),
    );
  });

  it('tells customers less, and names the root cause', () => {
    const text = narrate(payments(), 'customer');
    expect(text).toContain('The root cause was in the authentication service.');
    expect(text).not.toMatch(/%|severity/);
  });

  it('tells engineers the exact names and scores', () => {
    expect(narrate(payments(), 'engineer')).toContain(
      '1. Auth-service: auth token errors (suspicion 0.92).',
    );
  });

  it('puts steps that were cut back together from the evidence, without asides', () => {
    const text = narrate(printing(), 'executive');
    expect(text).toContain('filled up after the nightly import of fonts.');
    expect(text).toContain('The layout engine cannot read fonts and waits.');
    expect(text).not.toContain('EIO');
  });

  it('follows the chain that reaches what was noticed, and says where else it was felt', () => {
    const text = narrate(printing(), 'executive');
    expect(text).toContain('It also reached the menu board service.');
    expect(text).toContain('fairly sure of this path (71 %)');
    expect(text).toContain('One more path is in the data.');
  });

  it('says what the data lack', () => {
    const text = narrate(parseRca({ chains: [{ steps: [{ service: 'db' }] }] }), 'executive');
    for (const gap of [
      'does not say where',
      'does not say when',
      'does not name a root cause',
      'does not say how sure',
      'how bad',
    ]) {
      expect(text).toContain(gap);
    }
  });

  it('counts the steps of a chain that is too long to tell', () => {
    const steps = Array.from({ length: 12 }, (_, i) => ({
      service: `stage${String.fromCharCode(97 + i)}-relay`,
    }));
    const text = narrate(
      parseRca({ rootCause: { service: 'stagea-relay' }, chains: [{ steps }] }),
      'executive',
    );
    expect(text).toContain('6. It passed through six more steps.');
  });

  it('stays short, plain and traceable for any analysis', () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom(...AUDIENCES), (seed, audience) => {
        const rca = madeUpCase(createDice(seed));
        const text = narrate(rca, audience);
        expect(readingGrade(text)).toBeLessThanOrEqual(10);
        expect(wordCount(text)).toBeLessThan(250);
        expect(text).not.toMatch(/_total|_seconds|_percent/);
        expect(
          createVerifier(rca)
            .check(text)
            .flatMap(({ faults }) => faults),
        ).toEqual([]);
      }),
      { numRuns: 60, seed: 5 },
    );
  });
});

describe('names in words', () => {
  it.each([
    ['payment_failures_total', 'failed payments'],
    ['http_requests_5xx_total', 'requests that ended in a server error'],
    ['fare_request_duration_seconds_bucket', 'slow fare responses'],
    ['HighLatency', 'slow responses'],
    ['HighTicketErrorRate', 'too many failed tickets'],
    ['NoTicketsReceived', 'no tickets at all'],
    ['KubePodCrashLooping', 'a program that crashes again and again'],
    ['orders_queue_depth', 'a growing backlog in the orders queue'],
  ])('says of %s what it measures', (metric, words) => {
    expect(symptomOf(metric)).toBe(words);
  });

  it.each([
    ['payment-service', 'the payment service'],
    ['edge-proxy', 'the edge proxy'],
    ['seat', 'the seat service'],
    ['tokenBroker', 'the token broker'],
    ['one-two-three-four-five', '“one two three four five”'],
  ])('speaks of %s', (name, words) => {
    expect(theService(name)).toBe(words);
  });
});
