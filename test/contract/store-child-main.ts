import { resolve } from 'node:path';
import { openStore } from '../../adapters/store/index.ts';
import { newIncident } from './store-records.ts';

/** Run by `startStoreProcess`: prints `open`, then the id of each incident that is safely recorded. */
const print = (line: string) => process.stdout.write(`${line}\n`);
const silent = () => undefined;

try {
  print('starting');
  const store = await openStore({
    varDir: process.argv[2] ?? '',
    migrationsFolder: resolve(import.meta.dirname, '../../adapters/store/migrations'),
    logger: { debug: silent, info: silent, warn: silent, error: silent },
    clock: { now: () => new Date() },
  });
  print('open');
  for (;;) print((await store.incidents.record(newIncident())).incident.id);
} catch (error) {
  print(`refused: ${error instanceof Error ? error.message : String(error)}`);
}
