import type { Random } from './random.ts';

/** What can go wrong with a call of the Web API. `after`: it took effect, and only the answer is lost. */
export type CallFault =
  | { kind: 'ratelimited'; retryAfter?: number }
  | { kind: 'status'; status?: number; when?: 'before' | 'after' }
  | { kind: 'reset'; when: 'before' | 'after' }
  | { kind: 'timeout'; when: 'before' | 'after' }
  | { kind: 'error'; error: string };

/** What can go wrong with a delivery to the app. */
export type DeliveryFaults = {
  /** The acknowledgement is lost, so that the same delivery comes again. */
  retried: number;
  /** The event comes a second time under an event id of its own. */
  duplicated: number;
};

export type Faults = {
  /** The next calls of this method fail, in the order in which they were planned. */
  next(method: string, fault: CallFault, times?: number): void;
  /** This share of all calls fails, each by one of the kinds. */
  often(share: number, kinds: readonly CallFault[], methods?: readonly string[]): void;
  deliveries: DeliveryFaults;
  /** Everything goes well from now on. */
  stop(): void;
  /** The fault of this call, if it has one. */
  ofCall(method: string): CallFault | undefined;
};

export function createFaults(random: Random): Faults {
  const planned: { method: string; fault: CallFault }[] = [];
  let share = 0;
  let kinds: readonly CallFault[] = [];
  let only: readonly string[] | undefined;
  const deliveries = { retried: 0, duplicated: 0 };
  return {
    deliveries,
    next(method, fault, times = 1) {
      for (let i = 0; i < times; i++) planned.push({ method, fault });
    },
    often(newShare, newKinds, methods) {
      share = newShare;
      kinds = newKinds;
      only = methods;
    },
    stop() {
      planned.length = 0;
      share = 0;
      deliveries.retried = 0;
      deliveries.duplicated = 0;
    },
    ofCall(method) {
      const at = planned.findIndex((each) => each.method === method);
      if (at >= 0) return planned.splice(at, 1)[0]?.fault;
      if (share === 0 || (only && !only.includes(method))) return undefined;
      return random.chance(share) ? random.pick(kinds) : undefined;
    },
  };
}
