import type { WriteStream } from 'node:tty';

const WIDTH = 30;
const EVERY_MS = 50;
/** Elsewhere than on a terminal, what has fewer steps is over before anybody reads about it. */
const WORTH_LINES = 100;
const LINES = 10;

type Progress = { phase: string; done: number; total: number };
type ProgressBar = { show(progress: Progress): void; end(): void };

/** A line that fills up on a terminal; in a log, a line for each tenth of what takes a while. */
export function createProgressBar(stream: WriteStream | NodeJS.WriteStream): ProgressBar {
  return stream.isTTY ? bar(stream) : lines(stream);
}

function bar(stream: WriteStream | NodeJS.WriteStream): ProgressBar {
  let shownAt = 0;
  return {
    show({ phase, done, total }) {
      const now = performance.now();
      if (now - shownAt < EVERY_MS && done < total) return;
      shownAt = now;
      const filled = total === 0 ? 0 : Math.min(WIDTH, Math.round((done / total) * WIDTH));
      const shown = '#'.repeat(filled).padEnd(WIDTH, '.');
      stream.write(`\r\u001b[K${phase.padEnd(9)} [${shown}] ${done}/${total}`);
    },
    end() {
      if (shownAt > 0) stream.write('\r\u001b[K');
    },
  };
}

function lines(stream: WriteStream | NodeJS.WriteStream): ProgressBar {
  let last = '';
  return {
    show({ phase, done, total }) {
      if (total < WORTH_LINES) return;
      const step = Math.floor((done / total) * LINES);
      const line = `${phase} ${step}`;
      if (step === 0 || line === last) return;
      last = line;
      stream.write(`${phase} ${done}/${total}\n`);
    },
    end: () => undefined,
  };
}
