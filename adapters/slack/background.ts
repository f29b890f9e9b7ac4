import type { Logger } from '../../src/ports/logger.ts';

/** Work that nobody waits for, until the program ends. */
export type Background = {
  /** `failed` is the log line when it does. */
  run(failed: string, work: () => Promise<void>): void;
  /** Resolves when all of it is done, or after a while. */
  settle(): Promise<void>;
};

const MOST_MS = 5_000;

export function createBackground(logger: Logger): Background {
  const running = new Set<Promise<void>>();
  return {
    run(failed, work) {
      const course = work()
        .catch((error: unknown) => logger.warn(failed, { platform: 'slack' }, error))
        .finally(() => running.delete(course));
      running.add(course);
    },
    async settle() {
      let timer: NodeJS.Timeout | undefined;
      const limit = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, MOST_MS);
      });
      await Promise.race([Promise.all(running), limit]);
      clearTimeout(timer);
    },
  };
}
