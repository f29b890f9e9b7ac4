import { randomUUID } from 'node:crypto';
import http from 'node:http';

/** Speaks the console's protocol as its page does. */
export type ConsoleClient = {
  /** True once the command was acknowledged; false when no answer, or no good one, came. */
  command(text: string, id?: string): Promise<boolean>;
  close(): void;
};

const ACTOR = { id: 'bench', name: 'Bench' };
const ANSWER_WITHIN_MS = 5_000;

export function createConsoleClient(address: string): ConsoleClient {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
  return {
    command: (text, id = randomUUID()) =>
      post(agent, `${address}/console/commands`, { id, channel: 'general', text, actor: ACTOR }),
    close: () => agent.destroy(),
  };
}

/** Node's own client: its cost is small and steady beside what is measured. */
export function post(agent: http.Agent, url: string, body: unknown): Promise<boolean> {
  const json = JSON.stringify(body);
  return new Promise((done) => {
    const request = http.request(
      url,
      {
        agent,
        method: 'POST',
        timeout: ANSWER_WITHIN_MS,
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(json),
        },
      },
      (response) => {
        response.resume();
        response.on('end', () => done(response.statusCode === 200));
        response.on('error', () => done(false));
      },
    );
    request.on('timeout', () => request.destroy());
    request.on('error', () => done(false));
    request.end(json);
  });
}

export type SeenCard = { incidentId: string; text: string; at: number };

/** Calls back for every card message as an open page would get it; answers with how to stop. */
export async function watchCards(
  address: string,
  onCard: (card: SeenCard) => void,
): Promise<() => void> {
  const stop = new AbortController();
  const response = await fetch(`${address}/console/stream?since=0`, { signal: stop.signal });
  if (!response.body) throw new Error('The stream has no body.');
  void read(response.body, onCard).catch(() => undefined);
  return () => stop.abort();
}

async function read(
  body: ReadableStream<Uint8Array>,
  onCard: (card: SeenCard) => void,
): Promise<void> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    const frames = (rest + decoder.decode(chunk, { stream: true })).split('\n\n');
    rest = frames.pop() ?? '';
    for (const frame of frames) {
      const data = /^data: (.*)$/m.exec(frame)?.[1];
      if (!data || !frame.startsWith('event: message')) continue;
      const message = JSON.parse(data) as {
        card?: { incidentId?: string; summary: string };
        edited: boolean;
      };
      if (!message.card?.incidentId || message.edited) continue;
      onCard({
        incidentId: message.card.incidentId,
        text: message.card.summary,
        at: performance.now(),
      });
    }
  }
}
