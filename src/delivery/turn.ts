import { AppError } from '../domain/errors.ts';

/** How long until it is the turn of a message, when all that was wrong is that it was not. */
export function turnOf(error: unknown): number | undefined {
  return error instanceof AppError && error.code === 'busy' ? error.retryAfterMs : undefined;
}
