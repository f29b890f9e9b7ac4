import { describe, expect, it } from 'vitest';
import { isSupported } from '../../../src/answers/support.ts';

const source = `## Mitigation

1. Raise \`max_connections\` to 200 only when the host has 8 GB free.
2. Restart the workers one by one, so that requests drain.
3. Do not restart the database: open transactions are lost.
4. Run \`kubectl rollout undo deployment/cart\` and wait five minutes.
   **Risk:** a rollback fails after a migration.

Contact the platform team when the pool fills again within 30 minutes. If the pool is full, queries wait.
Disable the cache before the upgrade. The replica lags behind the primary.
Increase the timeout to 30s, then decrease the pool to 10.`;

describe('what a source says', () => {
  it.each([
    'Restart the workers one by one.',
    'Requests drain when the workers restart one by one.',
    'Do not restart the database because open transactions are lost.',
    'Contact the platform team if the pool fills again within 30 minutes.',
    'Run `kubectl rollout undo deployment/cart`.',
    'Raise max_connections to 200 when the host has 8 GB free.',
    'A rollback fails after a migration.',
  ])('keeps "%s"', (sentence) => {
    expect(isSupported(sentence, [source])).toBe(true);
  });

  it.each([
    ['another number', 'Raise max_connections to 500.'],
    ['numbers that changed places', 'Raise max_connections to 8 when the host has 200 GB free.'],
    ['a number from elsewhere', 'Contact the platform team within 8 minutes.'],
    ['a time from elsewhere', 'Wait 30 minutes.'],
    ['the opposite', 'Restart the database: open transactions are lost.'],
    ['a denial', 'A rollback never fails after a migration.'],
    ['a ban that nobody made', 'Do not restart the workers.'],
    ['another thing to restart', 'Restart the database one by one.'],
    [
      'two steps made one',
      'Restart the workers and the database one by one, so that requests drain.',
    ],
    ['another command', 'Run kubectl delete deployment/cart.'],
    ['another target', 'Run kubectl rollout undo deployment/orders.'],
    ['a command beside a true step', 'Run sudo reboot and restart the workers one by one.'],
    ['something worse done to the same', 'Delete the workers one by one, so that requests drain.'],
    ['the other direction', 'Lower max_connections to 200 only when the host has 8 GB free.'],
    ['the other way round', 'Enable the cache before the upgrade.'],
    ['another order', 'Disable the cache after the upgrade.'],
    ['changed sides', 'The primary lags behind the replica.'],
    ['an action on what another one is for', 'Increase the pool to 10.'],
  ])('drops %s', (_, sentence) => {
    expect(isSupported(sentence, [source])).toBe(false);
  });
});
