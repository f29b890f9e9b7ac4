import { fileURLToPath } from 'node:url';
import { AppError } from '../domain/errors.ts';
import type { LogFields } from '../ports/logger.ts';

/** The folder that holds ours: the project when run from sources, `dist` when run compiled. */
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const OURS = /^(?:src|adapters|handlers|jobs|knowledge|prompts)\//;

/** `at f (file:///a/b.js:1:2)` and `at /a/b.js:1:2`. */
const FRAME = /^\s+at (?:.*\()?(?:file:\/\/)?(\/?[^()]+?):(\d+):\d+\)?$/;

/** Foreign codes such as ECONNREFUSED or 57P03 are safe to log; anything else in that place may not be. */
const SAFE_CODE = /^[A-Z0-9_]{2,40}$/;
const SAFE_NAME = /^[A-Za-z_$][\w$]{0,59}$/;

/** What may be logged about an error: never its message, because messages quote their input. */
export function errorFields(error: unknown): LogFields {
  const origin = originOf(error);
  const code = error instanceof AppError ? error.code : foreignCode(origin);
  const errorName = nameOf(origin);
  const at = ourFrame(error) ?? ourFrame(origin);
  return {
    ...(code === undefined ? {} : { code }),
    ...(errorName === undefined ? {} : { errorName }),
    ...(at === undefined ? {} : { at }),
  };
}

/** The error that a translated one was made of. */
function originOf(error: unknown): unknown {
  let origin = error;
  // A chain of causes may be a ring.
  for (let depth = 0; depth < 5; depth++) {
    if (!(origin instanceof Error) || !(origin.cause instanceof Error)) break;
    origin = origin.cause;
  }
  return origin;
}

function foreignCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' && SAFE_CODE.test(error.code) ? error.code : undefined;
}

function nameOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return typeof error;
  return [error.name, error.constructor.name].find((name) => SAFE_NAME.test(name));
}

function ourFrame(error: unknown): string | undefined {
  if (!(error instanceof Error) || typeof error.stack !== 'string') return undefined;
  // The message opens the stack and may contain lines that look like frames.
  const start = error.stack.indexOf(error.message);
  const frames = start < 0 ? error.stack : error.stack.slice(start + error.message.length);
  for (const line of frames.split('\n')) {
    const [, file, number] = FRAME.exec(line) ?? [];
    if (!file?.startsWith(ROOT)) continue;
    const path = file.slice(ROOT.length);
    if (OURS.test(path)) return `${path}:${number}`;
  }
  return undefined;
}
