import { describe, expect, it } from 'vitest';
import { textOf } from '../../../src/triage/evidence.ts';
import { isSameMatter } from '../../../src/triage/index.ts';

describe('two reports', () => {
  it.each([
    ['checkout is down, customers cannot pay', 'checkout is down, customers cannot pay'],
    ['checkout is down, customers cannot pay', "Checkout down! Customers can't pay :("],
    [
      'checkout is down, customers cannot pay',
      'checkout is still down, customers cannot pay please help',
    ],
    ['orders page shows errors everywhere', 'orders page shows errors everywhere since lunch'],
    ['disk full on db-1', 'the disk is full on db-1'],
  ])('are about the same matter: %s, %s', (one, other) => {
    expect(isSameMatter(one, other)).toBe(true);
    expect(isSameMatter(other, one)).toBe(true);
  });

  it.each([
    ['checkout is down', 'payments is down'],
    ['checkout is down', 'checkout is slow'],
    ['disk full on web-1', 'disk full on web-2'],
    ['disk full on the web host', 'disk full on the web host of rack 7'],
    ['checkout is down', 'checkout is down in Berlin'],
    ['checkout is down, customers cannot pay', 'checkout is not down, customers can pay'],
    ['orders cannot reach payments', 'payments cannot reach orders'],
    ['login page is slow for everyone', 'login page slow for new customers in the admin panel'],
    ['again', 'still'],
    ['', ''],
  ])('are not, or there is doubt: %s, %s', (one, other) => {
    expect(isSameMatter(one, other)).toBe(false);
    expect(isSameMatter(other, one)).toBe(false);
  });
});

it('what ten people repeat is judged once, and what they add is judged too', () => {
  const said = (text: string) => ({
    incidentId: 'inc_1',
    eventKey: text,
    author: { id: 'U1', name: 'Ada', isBot: false },
    text,
    at: new Date(0),
  });
  const entries = ['checkout is down', 'Checkout down again', 'it is the database', 'checkout'];
  expect(textOf(entries.map(said))).toBe('checkout is down\nit is the database');
});
