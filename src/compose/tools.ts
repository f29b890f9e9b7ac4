import type { Config } from '../config.ts';
import { createLogger, createMetrics } from '../observability/index.ts';
import { createIds, systemClock } from '../system.ts';

export const DEFAULT_PORT = 3000;

export type Surroundings = {
  /** The package's folder: pages and migrations are read from there, `var/` is not in it by right. */
  packageRoot: string;
  version: string;
  writeLog: (line: string) => void;
};

/** Logger, metrics, time and ids: what every part is handed. */
export function createTools(config: Config, surroundings: Surroundings) {
  const clock = systemClock;
  return {
    clock,
    ids: createIds(clock),
    logger: createLogger({ level: config.logLevel, write: surroundings.writeLog, clock }),
    ...createMetrics(),
  };
}

export type Tools = ReturnType<typeof createTools>;

/** Closes in reverse order of opening, and goes on when one of them fails. */
export function createClosing() {
  const steps: (() => Promise<void>)[] = [];
  return {
    push: (step: () => Promise<void>) => steps.push(step),
    async run() {
      const failures: unknown[] = [];
      for (const step of steps.splice(0).reverse()) {
        await step().catch((error: unknown) => failures.push(error));
      }
      if (failures.length > 0) throw new AggregateError(failures, 'Not every part closed cleanly.');
    },
  };
}
