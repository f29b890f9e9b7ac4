import http from 'node:http';
import { parseJson } from '../json.ts';
import type { Attempt, Delivery, Outcome, Transport } from './delivery.ts';
import { sign } from './signature.ts';

/** What of a signed request may be bent, to see whether the app notices. */
export type RawRequest = {
  body: string;
  contentType: 'application/json' | 'application/x-www-form-urlencoded';
  secret?: string;
  timestamp?: number;
  signature?: string;
  attempt?: Attempt;
};

export type HttpTransport = Transport & {
  raw(request: RawRequest): Promise<Outcome>;
  close(): void;
};

const USER_AGENT = 'Slackbot 1.0 (+https://api.slack.com/robots)';

export function createHttpTransport(options: {
  url: string;
  signingSecret: string;
  acknowledgeWithinMs: number;
  now: () => number;
}): HttpTransport {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 256 });

  const raw = async (request: RawRequest): Promise<Outcome> => {
    const { body, contentType, secret = options.signingSecret, attempt } = request;
    const timestamp = request.timestamp ?? Math.floor(options.now() / 1000);
    const retry: http.OutgoingHttpHeaders =
      attempt && attempt.number > 0
        ? {
            'x-slack-retry-num': String(attempt.number),
            'x-slack-retry-reason': attempt.reason ?? 'http_error',
          }
        : {};
    const headers = {
      'user-agent': USER_AGENT,
      accept: 'application/json,*/*',
      'content-type': contentType,
      'content-length': Buffer.byteLength(body),
      'x-slack-request-timestamp': String(timestamp),
      'x-slack-signature': request.signature ?? sign(secret, timestamp, body),
      ...retry,
    };
    const outcome = await post(agent, options.url, headers, body, options.acknowledgeWithinMs);
    return { ...outcome, signedAt: timestamp };
  };

  return {
    raw,
    send: (delivery, attempt) => raw({ ...encode(delivery), attempt }),
    close: () => agent.destroy(),
  };
}

/** Events are JSON; commands are a form; everything else is JSON in the one field of a form. */
export function encode({ kind, body }: Delivery): Pick<RawRequest, 'body' | 'contentType'> {
  if (kind === 'event') return { body: JSON.stringify(body), contentType: 'application/json' };
  const contentType = 'application/x-www-form-urlencoded';
  const fields: [string, string][] =
    kind === 'command'
      ? Object.entries(body).map(([name, value]) => [name, String(value)])
      : [['payload', JSON.stringify(body)]];
  return { body: new URLSearchParams(fields).toString(), contentType };
}

function post(
  agent: http.Agent,
  url: string,
  headers: http.OutgoingHttpHeaders,
  body: string,
  withinMs: number,
): Promise<Outcome> {
  const started = performance.now();
  return new Promise((resolve) => {
    const end = (outcome: Pick<Outcome, 'failure'> & Partial<Outcome>) => {
      clearTimeout(timer);
      resolve({
        noRetry: false,
        status: undefined,
        signedAt: undefined,
        response: undefined,
        milliseconds: performance.now() - started,
        ...outcome,
      });
    };
    const timer = setTimeout(() => {
      end({ failure: 'http_timeout' });
      request.destroy();
    }, withinMs);
    const request = http.request(url, { method: 'POST', agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', () => end({ failure: 'connection_failed' }));
      response.on('end', () => {
        const status = response.statusCode ?? 0;
        const answer = Buffer.concat(chunks).toString();
        // Refused before all of it was sent: the connection cannot be used again.
        if (!request.writableFinished) request.destroy();
        end({
          failure: status >= 200 && status < 300 ? undefined : 'http_error',
          noRetry: response.headers['x-slack-no-retry'] === '1',
          status,
          response: answer === '' ? undefined : (parseJson(answer) ?? answer),
        });
      });
    });
    request.on('error', () => end({ failure: 'connection_failed' }));
    request.end(body);
  });
}
