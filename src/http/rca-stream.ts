import type { Request, Response } from 'express';
import type { Explain, Explanation } from '../rca/index.ts';

/** Proxies close what is silent for half a minute. */
const STILL_HERE_MS = 10_000;
const EVENTS = 'text/event-stream';

/** Whether the client would rather hear how far it is than wait in silence. */
export function wantsProgress(request: Request): boolean {
  return request.accepts(['json', EVENTS]) === EVENTS;
}

type Work = (request: Parameters<Explain>[1]) => Promise<Explanation>;

/**
 * Says how far it is, then the explanation whole, as server-sent events. Words are held back until all of them are
 * checked: docs/decisions/0045-progress-is-streamed-not-words.md says why.
 */
export async function sendWithProgress(response: Response, work: Work): Promise<void> {
  response.status(200).set({
    'Content-Type': EVENTS,
    'Cache-Control': 'no-store',
    // Nginx would collect the events and deliver them together.
    'X-Accel-Buffering': 'no',
  });
  const say = (text: string) => {
    // Whoever hung up misses it; the explanation is cached for the next.
    if (!response.writableEnded && !response.destroyed) response.write(text);
  };
  const event = (name: string, data: unknown) =>
    say(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
  event('progress', { progress: 0 });
  const beat = setInterval(() => say(': still at it\n\n'), STILL_HERE_MS);
  try {
    const data = await work({ onProgress: (progress) => event('progress', { progress }) });
    event('explanation', { status: 'success', data });
  } catch (error) {
    event('error', { status: 'error', error: 'mira_generation_failed' });
    throw error;
  } finally {
    clearInterval(beat);
    response.end();
  }
}
