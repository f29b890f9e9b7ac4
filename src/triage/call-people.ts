import type { PostOnce } from '../delivery/index.ts';
import type { Card } from '../domain/card.ts';
import { AppError } from '../domain/errors.ts';
import type { Incident } from '../domain/incident.ts';
import type { ThreadRef } from '../domain/thread-ref.ts';
import type { Triage } from '../domain/triage.ts';
import type { Pager } from '../ports/escalation.ts';
import type { Logger } from '../ports/logger.ts';
import type { Metrics } from '../ports/metrics.ts';
import { clean } from '../safety/index.ts';
import { within } from './within.ts';

export type Called = {
  /** Who was reached, in words for people. */
  reached: string[];
  /** Who was not. */
  missed: string[];
};

export type CallPeople = (
  incident: Incident,
  ours: Triage,
  why: string,
  options: { key: string; withinMs: number; signal?: AbortSignal | undefined },
) => Promise<Called>;

const TITLE = 120;

/**
 * Mentions the channel's on-call in the incident's thread and pages whoever pages. All at once, as the pager
 * must not wait for a platform that is down. Repeating it calls nobody twice: posts and pages carry keys.
 */
export function createCallPeople(deps: {
  pagers: readonly Pager[];
  /** The mention that the channel configures, as its platform writes one. */
  onCallOf: (where: ThreadRef) => Promise<string | undefined>;
  postOnce: PostOnce;
  /** An address under which the incident opens. */
  linkTo?: ((incident: Incident) => string | undefined) | undefined;
  logger: Logger;
  metrics: Metrics;
}): CallPeople {
  return async (incident, ours, why, { key: round, withinMs, signal }) => {
    const key = `call-${incident.id}-${round}`;
    const calls: { to: string; name: string; call: (inner: AbortSignal) => Promise<unknown> }[] =
      deps.pagers.map((pager) => ({
        to: pager.name,
        name: pager.name,
        call: (inner) =>
          pager.page(pageOf(incident, ours, why, key, deps.linkTo?.(incident)), inner),
      }));
    const onCall = await deps.onCallOf(incident.where);
    if (onCall !== undefined) {
      calls.push({
        to: 'on-call',
        name: 'the on-call in this thread',
        call: () => deps.postOnce(incident.where, callCard(incident, ours, why, onCall), key),
      });
    }
    const called: Called = { reached: [], missed: [] };
    await Promise.all(
      calls.map(async ({ to, name, call }) => {
        try {
          await within(withinMs, signal, call);
          called.reached.push(name);
          deps.metrics.count('sitrep_escalations_total', { to, outcome: 'called' });
        } catch (error) {
          called.missed.push(name);
          deps.metrics.count('sitrep_escalations_total', { to, outcome: 'failed' });
          deps.logger.error(
            'Somebody could not be called.',
            { incidentId: incident.id, part: to },
            error,
          );
        }
      }),
    );
    if (called.reached.length === 0 && called.missed.length > 0) {
      throw new AppError('unavailable', 'Nobody could be called.', { retryAfterMs: 2_000 });
    }
    return called;
  };
}

function pageOf(
  incident: Incident,
  { category, severity, confidence }: Triage,
  why: string,
  dedupeKey: string,
  href: string | undefined,
): Parameters<Pager['page']>[0] {
  const [line = ''] = incident.text.trim().split('\n');
  const short = [...line].slice(0, TITLE).join('');
  return {
    dedupeKey,
    incidentId: incident.id,
    title: clean(short || 'An incident without words'),
    category,
    severity,
    confidence,
    reason: clean(why),
    ...(href === undefined ? {} : { href }),
  };
}

function callCard(incident: Incident, ours: Triage, why: string, onCall: string): Card {
  const what = `${ours.category} incident, ${ours.severity} severity`;
  return {
    summary: `On-call needed: ${what}`,
    incidentId: incident.id,
    elements: [
      {
        kind: 'text',
        text: [
          { mention: onCall, label: 'on-call' },
          ' please take a look: ',
          { text: what, style: 'bold' },
          `. ${why}`,
        ],
      },
    ],
  };
}
