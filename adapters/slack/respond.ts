import { AppError } from '../../src/domain/errors.ts';

const TIMEOUT_MS = 5_000;

/** An answer by the address that came with a command or a click: good for half an hour, and five times. */
export async function respond(responseUrl: string, body: object): Promise<void> {
  const response = await fetch(responseUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch((error: unknown) => {
    throw new AppError('unavailable', 'Slack cannot be reached.', { cause: error });
  });
  await response.body?.cancel();
  if (!response.ok) throw new AppError('unavailable', 'Slack did not take the answer.');
}
