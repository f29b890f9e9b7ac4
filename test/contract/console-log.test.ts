import { describe } from 'vitest';
import type { Store } from '../../adapters/store/index.ts';
import { createMemoryConsoleLog } from '../fakes/memory-console-log.ts';
import { consoleLogContract } from './store-console.contract.ts';

describe('the console log in memory', () => {
  const part: Pick<Store, 'consoleLog'> = { consoleLog: createMemoryConsoleLog() };
  // The suite is handed a whole store and looks at this part alone.
  consoleLogContract(() => part as Store);
});
