import type { JsonObject } from '../json.ts';

/** Something that Slack tells the app, whichever way it travels. */
export type Delivery = {
  kind: 'command' | 'event' | 'interactive' | 'options';
  body: JsonObject;
};

export type RetryReason = 'http_timeout' | 'http_error' | 'connection_failed';

export type Attempt = {
  /** 0 for the first one, then what `X-Slack-Retry-Num` says. */
  number: number;
  reason: RetryReason | undefined;
};

export type Outcome = {
  /** Why it counts as not delivered; undefined when the app acknowledged. */
  failure: RetryReason | undefined;
  /** The app asked not to be told again. */
  noRetry: boolean;
  /** HTTP only: the answer's status, and the second that the signature names. */
  status: number | undefined;
  signedAt: number | undefined;
  /** What the app answered with: JSON, text, or nothing. */
  response: unknown;
  milliseconds: number;
};

export type Transport = {
  send(delivery: Delivery, attempt: Attempt): Promise<Outcome>;
};

/** How a delivery went, with all its attempts. */
export type Receipt = {
  delivery: Delivery;
  acknowledged: boolean;
  attempts: (Attempt & Outcome)[];
  /** What the app answered when it acknowledged at last. */
  response: unknown;
};
