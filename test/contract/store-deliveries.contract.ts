import { expect, it } from 'vitest';
import type { Store } from '../../adapters/store/index.ts';
import type { DeliveryOutcome } from '../../src/ports/delivery-store.ts';
import { second, unique } from './store-records.ts';

const LEASE_MS = 15_000;
const message = {
  platform: 'slack',
  workspace: 'T1',
  channel: 'C1',
  thread: '1.1',
  message: '1.2',
} as const;

export function deliveryContract(store: () => Store): void {
  const claim = (key: string, owner: string, at: Date) =>
    store().deliveries.claim(key, owner, at, LEASE_MS);
  const release = (key: string, owner: string, outcome: DeliveryOutcome) =>
    store().deliveries.release(key, owner, outcome);

  it('gives a key to one caller until its lease ends', async () => {
    const key = unique('card');
    expect(await claim(key, 'a', second(0))).toEqual({ key, attempted: false });
    expect(await claim(key, 'b', second(14))).toBeUndefined();
    expect(await claim(key, 'b', second(15))).toEqual({
      key,
      attempted: true,
      attemptedAt: second(0),
    });
    expect(await claim(key, 'a', second(16))).toBeUndefined();
  });

  it('lets a holder renew its lease', async () => {
    const key = unique('card');
    await claim(key, 'a', second(0));
    expect(await claim(key, 'a', second(10))).toBeDefined();
    expect(await claim(key, 'b', second(20))).toBeUndefined();
  });

  it('gives a key to exactly one of 20 that ask at once', async () => {
    const key = unique('card');
    const owners = Array.from({ length: 20 }, (_, i) => `owner-${i}`);
    const taken = await Promise.all(owners.map((owner) => claim(key, owner, second(0))));
    expect(taken.filter((delivery) => delivery !== undefined)).toHaveLength(1);
  });

  it('is free again once released, by its holder only', async () => {
    const key = unique('card');
    await claim(key, 'a', second(0));
    await release(key, 'b', 'nothing sent');
    expect(await claim(key, 'b', second(1))).toBeUndefined();
    await release(key, 'a', 'nothing sent');
    expect(await claim(key, 'b', second(1))).toBeDefined();
  });

  it('tells the next holder whether the last one may have posted', async () => {
    const key = unique('card');
    await claim(key, 'a', second(0));
    await release(key, 'a', 'nothing sent');
    expect(await claim(key, 'b', second(1))).toEqual({ key, attempted: false });
    await release(key, 'b', 'unknown');
    const open = { key, attempted: true, attemptedAt: second(1) };
    expect(await claim(key, 'c', second(2))).toEqual(open);
    await release(key, 'c', 'unknown');
    expect(await claim(key, 'd', second(3))).toEqual(open);
    await release(key, 'd', 'nothing sent');
    expect(await claim(key, 'e', second(4))).toEqual({ key, attempted: false });
  });

  it('stores where the message is for good, whoever holds the key', async () => {
    const key = unique('card');
    await claim(key, 'a', second(0));
    await claim(key, 'b', second(20));
    await release(key, 'a', message);
    expect(await claim(key, 'c', second(21))).toBeUndefined();
    await release(key, 'b', { ...message, message: '9.9' });
    expect(await store().deliveries.find(key)).toEqual({ key, attempted: false, message });
    expect(await claim(key, 'c', second(22))).toEqual({ key, attempted: false, message });
  });

  it('stores a message outside a thread', async () => {
    const key = unique('card');
    const { thread: _, ...inChannel } = message;
    await claim(key, 'a', second(0));
    await release(key, 'a', inChannel);
    expect((await store().deliveries.find(key))?.message).toEqual(inChannel);
    expect(await store().deliveries.find(unique('card'))).toBeUndefined();
  });
}
