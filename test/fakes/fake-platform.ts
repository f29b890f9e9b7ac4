import type { Card } from '../../src/domain/card.ts';
import { AppError } from '../../src/domain/errors.ts';
import type { MessageRef, PlatformName, ThreadRef } from '../../src/domain/thread-ref.ts';
import type { ChatPlatform } from '../../src/ports/chat-platform.ts';

/** `before`: nothing arrived. `after`: it arrived, and the answer was lost: the outcome is unknown. */
export type Fault = 'before' | 'after';
type Operation = 'post' | 'edit' | 'findDelivery';

export type FakeMessage = {
  ref: MessageRef;
  card: Card;
  deliveryKey: string;
  /** How often it was edited. */
  edits: number;
};

export type FakePlatform = ChatPlatform & {
  /** What the platform shows, oldest first. */
  messages(): FakeMessage[];
  /** Every call that reached the platform, also those that then failed. */
  calls(): { operation: Operation; key: string }[];
  /** The next call of this operation fails with a retryable error; several are used up in order. */
  failNext(operation: Operation, fault: Fault, error?: AppError): void;
  /** Calls made from now on wait until the returned function is called. */
  hold(): () => void;
};

/** A chat platform in memory that remembers what it shows and fails where it is told to. */
export function createFakePlatform(name: PlatformName = 'slack'): FakePlatform {
  const messages = new Map<string, FakeMessage>();
  const calls: { operation: Operation; key: string }[] = [];
  const faults: { operation: Operation; fault: Fault; error: AppError }[] = [];
  let held: Promise<void> = Promise.resolve();

  async function run<Result>(operation: Operation, key: string, work: () => Result) {
    await held;
    calls.push({ operation, key });
    const at = faults.findIndex((each) => each.operation === operation);
    const planned = at < 0 ? undefined : faults.splice(at, 1)[0];
    if (planned?.fault === 'before') throw planned.error;
    const result = work();
    if (planned?.fault === 'after') throw planned.error;
    return result;
  }

  function assertOurs(where: ThreadRef): void {
    if (where.platform !== name) {
      throw new AppError('internal', `This is ${name}, not ${where.platform}.`);
    }
  }

  const byKey = (key: string) =>
    [...messages.values()].find((message) => message.deliveryKey === key);

  return {
    name,
    post(where, card, deliveryKey) {
      assertOurs(where);
      return run('post', deliveryKey, () => {
        const known = byKey(deliveryKey);
        if (known) {
          known.card = structuredClone(card);
          return { ...known.ref };
        }
        const ref = { ...where, message: `m${messages.size + 1}` };
        messages.set(ref.message, { ref, card: structuredClone(card), deliveryKey, edits: 0 });
        return { ...ref };
      });
    },
    edit(message, card) {
      assertOurs(message);
      return run('edit', message.message, () => {
        const known = messages.get(message.message);
        if (!known) throw new AppError('not_found', 'There is no such message to edit.');
        known.card = structuredClone(card);
        known.edits += 1;
      });
    },
    findDelivery(where, deliveryKey) {
      assertOurs(where);
      return run('findDelivery', deliveryKey, () => {
        const found = byKey(deliveryKey);
        return found && { ...found.ref };
      });
    },
    messages: () => structuredClone([...messages.values()]),
    calls: () => [...calls],
    failNext(operation, fault, error = new AppError('unavailable', `${name} did not answer.`)) {
      faults.push({ operation, fault, error });
    },
    hold() {
      let release = () => {};
      held = new Promise((resolve) => {
        release = resolve;
      });
      return () => release();
    },
  };
}
