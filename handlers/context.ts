import type { Card } from '../src/domain/card.ts';
import type { Event } from '../src/domain/event.ts';
import type { Clock } from '../src/ports/clock.ts';
import type { Ids } from '../src/ports/ids.ts';
import type { InboxStore } from '../src/ports/inbox-store.ts';
import type { IncidentStore } from '../src/ports/incident-store.ts';
import type { Metrics } from '../src/ports/metrics.ts';
import type { TimelineStore } from '../src/ports/timeline-store.ts';
import type { TriageStore } from '../src/ports/triage-store.ts';
import type { VoteStore } from '../src/ports/vote-store.ts';

/** What handlers work with. They record and enqueue; everything slow is a job. */
export type HandlerContext = {
  inbox: InboxStore;
  incidents: IncidentStore;
  timeline: TimelineStore;
  triages: TriageStore;
  votes: VoteStore;
  /** Queues a judgement of all that was said; `because` names the event, so that its retry is the same job. */
  enqueueTriage: (incidentId: string, because: Event) => Promise<void>;
  /** Queues an update of the card. */
  enqueueShowCard: (incidentId: string, because: Event) => Promise<void>;
  /** Names of channels in which every new message is a report. */
  incidentChannels: readonly string[];
  clock: Clock;
  ids: Ids;
  metrics: Metrics;
};

/** What became of an event; `recorded` and `duplicate` are both safe to acknowledge. */
export type Outcome = 'recorded' | 'duplicate' | 'ignored' | 'answered';

/** What the person who acted is told, and nobody else. */
export type Answer = { outcome: Outcome; card: Card };
