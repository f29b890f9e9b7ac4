/** What the server said no to, or that it could not be reached (`status` 0). */
export class ApiError extends Error {
  constructor(status, message, retryAfterMs) {
    super(message);
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }

  /** Worth sending again as it is. */
  get passing() {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500;
  }
}

const PATIENCE_MS = 30_000;

export const api = {
  state: () => ask('/console/state', {}),
  post: (path, body) =>
    ask(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
};

async function ask(path, init) {
  let response;
  let body;
  try {
    response = await fetch(path, { ...init, signal: AbortSignal.timeout(PATIENCE_MS) });
    body = await response.json();
  } catch {
    // Not even JSON: something in between answered for the server, which is as good as away.
    if (!response || response.ok || response.status >= 500) {
      throw new ApiError(0, 'Sitrep cannot be reached.');
    }
  }
  if (response.ok && body?.status === 'ok') return body;
  const wait = Number(response.headers.get('retry-after')) * 1_000 || undefined;
  throw new ApiError(response.status, body?.message ?? 'Sitrep did not accept this.', wait);
}
