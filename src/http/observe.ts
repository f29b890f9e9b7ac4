import type { Request, RequestHandler, Response } from 'express';
import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { Metrics } from '../ports/metrics.ts';
import { contextOf } from './context.ts';

export type ObserveOptions = { metrics: Metrics; logger: Logger; clock: Clock };

/** Node accepts 35 methods; a metric label that a stranger can choose from so many is too wide. */
const METHODS: ReadonlySet<string> = new Set([
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
]);

/** They come every few seconds, for ever. */
const NOISY: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics']);

/** The client was gone before we answered; nginx counts these under the same number. */
const CLIENT_GONE = 499;

/** One log line and one measurement a request, under the pattern of its route and never its raw path. */
export function observeRequests({ metrics, logger, clock }: ObserveOptions): RequestHandler {
  return (request, response, next) => {
    const start = clock.now().getTime();
    response.once('close', () => {
      const ms = clock.now().getTime() - start;
      const method = METHODS.has(request.method) ? request.method : 'other';
      const route = routeOf(request, response);
      const status = response.headersSent ? response.statusCode : CLIENT_GONE;
      const { requestId } = contextOf(response);
      const log = NOISY.has(route) ? logger.debug : logger.info;
      log('Request answered', { requestId, method, route, status, ms });
      // A stream lasts as long as somebody looks, which says nothing about how fast we answer.
      if (isEventStream(response)) return;
      const labels = { method, route, status: String(status) };
      metrics.observe('http_request_duration_seconds', labels, ms / 1_000);
    });
    next();
  };
}

export function isEventStream(response: { getHeader(name: string): unknown }): boolean {
  return String(response.getHeader('content-type')).startsWith('text/event-stream');
}

function routeOf(request: Request, response: Response): string {
  const { mount, unmatched } = contextOf(response);
  if (mount === undefined || unmatched) return 'unmatched';
  const prefix = mount === '/' ? '' : mount;
  const pattern: unknown = request.route?.path;
  // A file served from a folder has no route of its own.
  return `${prefix}${typeof pattern === 'string' ? pattern : '/*'}`;
}
