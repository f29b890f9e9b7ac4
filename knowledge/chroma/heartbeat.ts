import { z } from 'zod';

/** A server that is busy with a large ingest answers late, but answers. */
const ANSWER_MS = 3_000;

const heartbeatSchema = z.object({ 'nanosecond heartbeat': z.number() });

/** Whether a Chroma server, and not something else, answers at this address. */
export async function hasHeartbeat(address: string, signal: AbortSignal): Promise<boolean> {
  // Not AbortSignal.any, which in Node 20 keeps something of every call for as long as `signal` lives.
  const giveUp = new AbortController();
  const abort = () => giveUp.abort();
  const timer = setTimeout(abort, ANSWER_MS);
  signal.addEventListener('abort', abort, { once: true });
  try {
    if (signal.aborted) return false;
    const { url, headers } = request(address);
    const response = await fetch(url, { headers, signal: giveUp.signal });
    const body: unknown = await response.json();
    return response.ok && heartbeatSchema.safeParse(body).success;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  }
}

/** `fetch` refuses addresses with a name and a password in them. */
function request(address: string): { url: URL; headers: Record<string, string> } {
  const url = new URL(address);
  const { username, password } = url;
  url.username = '';
  url.password = '';
  url.pathname = `${url.pathname.replace(/\/$/, '')}/api/v2/heartbeat`;
  if (username === '' && password === '') return { url, headers: {} };
  const secret = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return {
    url,
    headers: { authorization: `Basic ${Buffer.from(secret).toString('base64')}` },
  };
}
