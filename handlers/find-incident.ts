import type { Incident } from '../src/domain/incident.ts';
import type { ThreadRef } from '../src/domain/thread-ref.ts';
import type { HandlerContext } from './context.ts';

/**
 * The incident that a command is about: the one of its thread, else the only open one of its channel, as Slack
 * offers no slash commands inside threads. A sentence says why there is none.
 */
export async function findIncident(
  context: HandlerContext,
  where: ThreadRef,
): Promise<Incident | string> {
  if (where.thread !== undefined) {
    const here = await context.incidents.byThread(where);
    return here ?? 'There is no incident here. Say this in the thread of the incident.';
  }
  const open = await context.incidents.list({ status: 'open', channel: where, limit: 2 });
  const [only] = open;
  if (only && open.length === 1) return only;
  return open.length === 0
    ? 'There is no open incident in this channel.'
    : 'There are several open incidents in this channel. Mention me in the thread of the one you mean.';
}
