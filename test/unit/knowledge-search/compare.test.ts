import { describe, expect, it } from 'vitest';
import { compareReports } from '../../../knowledge/memory/compare.ts';
import { align } from '../../../knowledge/memory/substitutions.ts';

describe('two reports beside each other', () => {
  it.each([
    ['DiskFull on web-04, 97 percent at 03:12', 'DiskFull on web-04, 99 percent at 11:40'],
    ['Checkout answers 502', 'checkout answered 502'],
  ])('are the same but for counts, times and endings: %s', (one, other) => {
    expect(align(one, other)).toMatchObject({ same: true, substitutions: 0, inOrder: 1 });
  });

  it.each([
    ['DiskFull on host web-04 at 97 percent', 'DiskFull on host db-11 at 97 percent'],
    [
      'TLS handshakes between basket and price fail since the CA was rotated',
      'TLS handshakes between ledger and audit fail since the CA was rotated',
    ],
    [
      'OrdersHighErrorRate region=eu service=orders is firing',
      'OrdersHighLatency region=eu service=orders is firing',
    ],
    ['RabbitMQ mq-edge blocks publishers again', 'RabbitMQ mq-core blocks publishers again'],
  ])('are about two things where a name or a fault is swapped: %s', (one, other) => {
    expect(align(one, other).same).toBe(false);
    expect(compareReports(one, other)).toMatchObject({ same: false, different: true });
  });

  it('may be the same where it is said in other words', () => {
    const past = 'Nightly backup of ledger-db failed because the dump volume is full';
    const said = 'no backup of ledger-db this night, dump volume has run out of space';
    expect(compareReports(said, past).different).toBe(false);
  });

  it('are not, with next to nothing in common', () => {
    expect(compareReports('printer jams', 'the printer is on fire').different).toBe(true);
    expect(compareReports('', '')).toMatchObject({ same: false, different: true });
  });
});
