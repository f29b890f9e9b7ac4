import { createHmac } from 'node:crypto';
import { lookup } from 'node:dns';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { AppError } from '../../src/domain/errors.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { mayCall } from './addresses.ts';

export type CallbackOptions = {
  /** Signs every callback; without one, none is sent. */
  secret: string | undefined;
  /** On a machine that is only reached from itself, whoever asks is there too. */
  allowLoopback: boolean;
  clock: Clock;
  timeoutMs?: number;
};

const TIMEOUT_MS = 10_000;
const NOT_REACHABLE =
  'callbackUrl leads to an address of this machine or of its network, which is not called.';

/**
 * Calls back addresses that strangers give us. The address is judged after it was resolved, at the moment of
 * connecting, so that no name can point elsewhere in between; redirects are not followed, and nothing of the
 * answer is shown to anybody.
 */
export function createCallback(options: CallbackOptions) {
  const { secret, allowLoopback, clock, timeoutMs = TIMEOUT_MS } = options;

  const guardedLookup: LookupFunction = (hostname, lookupOptions, done) => {
    lookup(hostname, { ...lookupOptions, all: true }, (error, addresses) => {
      if (error) return done(error, '', 0);
      const good = addresses.filter(({ address }) => mayCall(address, allowLoopback));
      const [first] = good;
      // One bad address among good ones is how a name is rebound.
      if (first === undefined || good.length < addresses.length) {
        return done(new AppError('forbidden', NOT_REACHABLE, { retryable: false }), '', 0);
      }
      if (lookupOptions.all) done(null, good);
      else done(null, first.address, first.family);
    });
  };

  function refuse(url: string): string | undefined {
    if (secret === undefined) {
      return 'Callbacks are signed and no secret is configured: set MIRA_CALLBACK_SECRET (mira.callbackSecret).';
    }
    if (!URL.canParse(url))
      return 'callbackUrl must be an address such as https://example.com/hook.';
    const { protocol, hostname, username, password } = new URL(url);
    if (protocol !== 'https:' && protocol !== 'http:') return 'callbackUrl must be http or https.';
    if (username !== '' || password !== '')
      return 'callbackUrl must not carry a user or a password.';
    const host = hostname.replace(/^\[|\]$/g, '');
    return isIP(host) !== 0 && !mayCall(host, allowLoopback) ? NOT_REACHABLE : undefined;
  }

  function send(url: string, body: unknown): Promise<void> {
    const refusal = refuse(url);
    if (refusal !== undefined || secret === undefined) {
      return Promise.reject(
        new AppError('forbidden', refusal ?? NOT_REACHABLE, { retryable: false }),
      );
    }
    const text = JSON.stringify(body);
    const timestamp = String(Math.floor(clock.now().getTime() / 1_000));
    const signature = createHmac('sha256', secret).update(`${timestamp}.${text}`).digest('hex');
    const ask = new URL(url).protocol === 'https:' ? requestHttps : requestHttp;
    return new Promise((resolve, reject) => {
      const call = ask(
        url,
        {
          method: 'POST',
          agent: false,
          lookup: guardedLookup,
          timeout: timeoutMs,
          signal: AbortSignal.timeout(timeoutMs),
          headers: {
            'Content-Type': 'application/json',
            'Content-Length': Buffer.byteLength(text),
            'User-Agent': 'sitrep',
            'X-Sitrep-Timestamp': timestamp,
            'X-Sitrep-Signature': `sha256=${signature}`,
          },
        },
        (response) => {
          response.resume();
          const status = response.statusCode ?? 0;
          if (status >= 200 && status < 300) return resolve();
          const retryable = status >= 500 || status === 429 || status === 408;
          reject(
            new AppError('unavailable', `The callback was answered with ${status}.`, { retryable }),
          );
        },
      );
      call.on('error', (cause) => {
        if (cause instanceof AppError) return reject(cause);
        const late = cause.name === 'AbortError' || cause.name === 'TimeoutError';
        const code = late ? 'timeout' : 'unavailable';
        reject(new AppError(code, 'The callback could not be delivered.', { cause }));
      });
      call.end(text);
    });
  }

  return { refuse, send };
}

export type Callback = ReturnType<typeof createCallback>;
