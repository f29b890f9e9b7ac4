import type { Clock } from '../../src/ports/clock.ts';
import type { Logger } from '../../src/ports/logger.ts';

/** While a backend is away every connection fails again each second; one line in this time is enough. */
const QUIET_MS = 30_000;

/** Tells the operator about trouble with the backend without filling the disk. */
export function createOutageLog(deps: { logger: Logger; clock: Clock }): (error: Error) => void {
  let quietUntil = 0;
  return (error) => {
    const now = deps.clock.now().getTime();
    if (now < quietUntil) return;
    quietUntil = now + QUIET_MS;
    deps.logger.warn('The queue has trouble with its backend.', { part: 'queue' }, error);
  };
}
