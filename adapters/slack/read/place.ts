import type { ThreadRef } from '../../../src/domain/thread-ref.ts';
import type { Identity } from './delivery.ts';

export function placeOf(workspace: string, channel: string, thread?: string): ThreadRef {
  return { platform: 'slack', workspace, channel, ...(thread === undefined ? {} : { thread }) };
}

/** Slack's timestamps are seconds with microseconds, and name the message. */
export function timeOf(ts: string): string {
  const milliseconds = Math.round(Number.parseFloat(ts) * 1000);
  const time = new Date(Number.isFinite(milliseconds) ? milliseconds : 0);
  return Number.isNaN(time.getTime()) ? new Date(0).toISOString() : time.toISOString();
}

/**
 * In shared channels people of other companies act too. Within one Enterprise organisation people belong to
 * several workspaces.
 */
export function isForeign(
  team: string | undefined,
  identity: Identity,
  shared: boolean | undefined = undefined,
): boolean {
  if (team === undefined || team === identity.workspace || team === identity.enterprise)
    return false;
  return identity.enterprise === undefined || shared === true;
}
