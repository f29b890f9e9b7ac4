import { Refusal } from '../web-api/call.ts';

/** A trigger opens one modal, within three seconds of what a person did. */
export type Triggers = {
  make(user: string): string;
  take(id: string): string;
};

const GOOD_FOR_MS = 3_000;

export function createTriggers(now: () => number, nextId: (prefix: string) => string): Triggers {
  const triggers = new Map<string, { user: string; madeAt: number; used: boolean }>();
  return {
    make(user) {
      const id = `${Math.floor(now())}.${nextId('')}`;
      triggers.set(id, { user, madeAt: now(), used: false });
      return id;
    },
    take(id) {
      const trigger = triggers.get(id);
      if (!trigger) throw new Refusal('invalid_trigger_id');
      if (trigger.used) throw new Refusal('exchanged_trigger_id');
      if (now() - trigger.madeAt > GOOD_FOR_MS) throw new Refusal('expired_trigger_id');
      trigger.used = true;
      return trigger.user;
    },
  };
}
