import { afterAll, beforeAll, describe } from 'vitest';
import type { Store } from '../../adapters/store/index.ts';
import type { TestStore } from '../fixtures/database.ts';
import { consoleLogContract } from './store-console.contract.ts';
import { deliveryContract } from './store-deliveries.contract.ts';
import { documentContract } from './store-documents.contract.ts';
import { explanationContract } from './store-explanations.contract.ts';
import { incidentContract } from './store-incidents.contract.ts';
import { channelContract, installationContract } from './store-places.contract.ts';
import { retentionContract } from './store-retention.contract.ts';
import { retrievalContract } from './store-retrievals.contract.ts';
import { triageContract } from './store-triages.contract.ts';
import { voteContract } from './store-votes.contract.ts';
import { taskContract, usageContract } from './store-work.contract.ts';

/** What every store must do, whatever holds its data. */
export function storeContract(create: () => Promise<TestStore>): void {
  let made: TestStore | undefined;
  beforeAll(async () => {
    made = await create();
    // Connections are there before the tests begin: what should collide must not wait for its own.
    const { incidents } = made.store;
    await Promise.all(Array.from({ length: 15 }, () => incidents.countOpen()));
  });
  afterAll(async () => {
    await made?.remove();
  });
  const store = (): Store => {
    if (!made) throw new Error('The store is not open.');
    return made.store;
  };
  describe('incidents', () => incidentContract(store));
  describe('triages', () => triageContract(store));
  describe('votes', () => voteContract(store));
  describe('deliveries', () => deliveryContract(store));
  describe('console log', () => consoleLogContract(store));
  describe('documents', () => documentContract(store));
  describe('explanations', () => explanationContract(store));
  describe('tasks', () => taskContract(store));
  describe('usage', () => usageContract(store));
  describe('channels', () => channelContract(store));
  describe('installations', () => installationContract(store));
  describe('retrieval log', () => retrievalContract(store));
  describe('retention', () => retentionContract(store));
}
