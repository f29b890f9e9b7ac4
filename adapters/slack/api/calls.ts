import { WebClient, type WebClientOptions } from '@slack/web-api';
import type { z } from 'zod';
import { AppError } from '../../../src/domain/errors.ts';
import { createRecent } from '../../../src/domain/recent.ts';
import type { Metrics } from '../../../src/ports/metrics.ts';
import { translate } from './errors.ts';
import { silentLogger } from './silent-logger.ts';

/** One call of the Web API: its answer parsed, its failure as an `AppError`. */
export type Call = <Schema extends z.ZodType>(
  token: string,
  method: string,
  args: Record<string, unknown>,
  answer: Schema,
) => Promise<z.output<Schema>>;

/** Short enough that a lease on a card never ends under a call that is still under way. */
export const CALL_TIMEOUT_MS = 4_000;

/** Tokens of as many workspaces keep a client with its open connections. */
const CLIENTS = 500;

export function clientOptions(apiUrl: string): WebClientOptions {
  return {
    slackApiUrl: apiUrl,
    timeout: CALL_TIMEOUT_MS,
    // Whoever calls decides about another try: a post that timed out may have arrived.
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
    logger: silentLogger(),
  };
}

export function createCall(options: { apiUrl: string; metrics: Metrics }): Call {
  const clients = createRecent<WebClient>(CLIENTS);

  function clientFor(token: string): WebClient {
    const known = clients.get(token);
    if (known) return known;
    const client = new WebClient(token, clientOptions(options.apiUrl));
    clients.set(token, client);
    return client;
  }

  return async (token, method, args, answer) => {
    let outcome = 'ok';
    try {
      const result = await clientFor(token).apiCall(method, args);
      const parsed = answer.safeParse(result);
      if (parsed.success) return parsed.data;
      throw new AppError('unavailable', 'Slack answered in an unknown way.');
    } catch (error) {
      const translated = translate(error);
      outcome = translated.code;
      throw translated;
    } finally {
      options.metrics.count('sitrep_slack_calls_total', { method, outcome });
    }
  };
}
