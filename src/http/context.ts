import type { Response } from 'express';

/** What we know about a request while it is answered. */
export type RequestContext = {
  requestId: string;
  /** The path of the mount that the request entered last. */
  mount?: string;
  /** No route took it. */
  unmatched?: boolean;
};

const contexts = new WeakMap<Response, RequestContext>();

export function openContext(response: Response, requestId: string): void {
  contexts.set(response, { requestId });
}

/** Every request has one: it is opened before anything else happens. */
export function contextOf(response: Response): RequestContext {
  const context = contexts.get(response);
  if (context === undefined) throw new Error('The request has no context.');
  return context;
}
