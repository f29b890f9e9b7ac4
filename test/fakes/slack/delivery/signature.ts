import { createHmac } from 'node:crypto';

/** As https://docs.slack.dev/authentication/verifying-requests-from-slack describes version 0. */
export function sign(secret: string, timestamp: number, body: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
}
