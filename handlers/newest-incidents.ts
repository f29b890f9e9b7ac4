import type { Incident, IncidentStatus } from '../src/domain/incident.ts';
import type { ThreadRef } from '../src/domain/thread-ref.ts';
import type { HandlerContext } from './context.ts';

/** As many incidents of a channel are compared with what is said in it. */
const COMPARED = 20;

/** Those of a channel that a new message there may be about, newest first. */
export function newestIncidents(
  { incidents }: Pick<HandlerContext, 'incidents'>,
  channel: ThreadRef,
  status: IncidentStatus,
): Promise<Incident[]> {
  return incidents.list({ status, channel, limit: COMPARED });
}
