import { setTimeout } from 'node:timers/promises';
import { withRetries } from '../../src/domain/retry.ts';
import type { Severity } from '../../src/domain/taxonomy.ts';
import type { Page, Pager } from '../../src/ports/escalation.ts';
import { postJson } from './post-json.ts';

type PagerOptions = { url: string; timeoutMs?: number; random?: () => number };

const TIMEOUT_MS = 5_000;

/** Posts the page as JSON to an address of the operator's: `docs/operate.md` has the shape. */
export function createWebhookPager(options: PagerOptions): Pager {
  const name = 'the paging webhook';
  return {
    name,
    page: (page, signal) =>
      send(options, signal, 'The paging webhook', options.url, {
        event: 'sitrep.page',
        dedupe_key: page.dedupeKey,
        incident_id: page.incidentId,
        title: page.title,
        category: page.category,
        severity: page.severity,
        confidence: page.confidence,
        reason: page.reason,
        link: page.href ?? null,
      }),
  };
}

const PAGERDUTY_SEVERITIES: Record<Severity, string> = {
  critical: 'critical',
  high: 'error',
  medium: 'warning',
  low: 'info',
};

/** PagerDuty's Events API v2; an equal dedupe key is the same alert there. */
export function createPagerDutyPager(options: PagerOptions & { routingKey: string }): Pager {
  const url = new URL('v2/enqueue', options.url.endsWith('/') ? options.url : `${options.url}/`);
  return {
    name: 'PagerDuty',
    page: (page, signal) =>
      send(options, signal, 'PagerDuty', url.href, {
        routing_key: options.routingKey,
        event_action: 'trigger',
        dedup_key: page.dedupeKey,
        payload: payloadOf(page),
        ...(page.href === undefined
          ? {}
          : { links: [{ href: page.href, text: 'The incident in chat' }] }),
      }),
  };
}

/** PagerDuty cuts summaries at 1,024 characters. */
const LONGEST_SUMMARY = 1_024;

function payloadOf(page: Page) {
  return {
    summary: page.title.slice(0, LONGEST_SUMMARY),
    source: 'sitrep',
    severity: PAGERDUTY_SEVERITIES[page.severity],
    component: page.incidentId,
    class: page.category,
    custom_details: { confidence: page.confidence, reason: page.reason },
  };
}

async function send(
  { timeoutMs = TIMEOUT_MS, random = Math.random }: PagerOptions,
  signal: AbortSignal | undefined,
  name: string,
  url: string,
  body: unknown,
): Promise<void> {
  await withRetries(() => postJson({ url, body, name, timeoutMs, signal }), {
    attempts: 3,
    firstMs: 250,
    mostMs: 5_000,
    pause: async (ms) => void (await setTimeout(ms, undefined, signal && { signal })),
    random,
  });
}
