import { describe } from 'vitest';
import { createTestStore } from '../fixtures/database.ts';
import { postgresUrl } from '../fixtures/offered.ts';
import { storeContract } from './store.contract.ts';

describe('the embedded store', () => storeContract(() => createTestStore()));

describe.skipIf(!postgresUrl)(
  `the store on Postgres${postgresUrl ? '' : ' (skipped: no Postgres on this machine)'}`,
  () => storeContract(() => createTestStore(postgresUrl)),
);
