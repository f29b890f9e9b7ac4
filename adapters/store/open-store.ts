import type { AuditStore } from '../../src/ports/audit-store.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { ConsoleLog } from '../../src/ports/console-log.ts';
import type { DeliveryStore } from '../../src/ports/delivery-store.ts';
import type { Part } from '../../src/ports/health.ts';
import type { InboxStore } from '../../src/ports/inbox-store.ts';
import type { IncidentStore } from '../../src/ports/incident-store.ts';
import type { Logger } from '../../src/ports/logger.ts';
import type { TimelineStore } from '../../src/ports/timeline-store.ts';
import type { TriageStore } from '../../src/ports/triage-store.ts';
import type { VoteStore } from '../../src/ports/vote-store.ts';
import { createAuditStore } from './audit-store.ts';
import { createConsoleLog } from './console-store.ts';
import { createDeliveryStore } from './delivery-store.ts';
import { openEmbedded } from './embedded.ts';
import { createInboxStore } from './inbox-store.ts';
import { createIncidentStore } from './incident-store.ts';
import { createStorePart } from './part.ts';
import type { Pool } from './pool.ts';
import { openPostgres } from './postgres.ts';
import { createTimelineStore } from './timeline-store.ts';
import { createTriageStore } from './triage-store.ts';
import { createVoteStore } from './vote-store.ts';

export type StoreOptions = {
  /** Without one the database is embedded, in a folder under `varDir`. */
  databaseUrl?: string;
  varDir: string;
  migrationsFolder: string;
  logger: Logger;
  clock: Clock;
};

export type Store = {
  incidents: IncidentStore;
  triages: TriageStore;
  timeline: TimelineStore;
  votes: VoteStore;
  deliveries: DeliveryStore;
  inbox: InboxStore;
  audit: AuditStore;
  consoleLog: ConsoleLog;
  /** The same database, for the queue. */
  pool: Pool;
  part: Part;
  embedded: boolean;
  close(): Promise<void>;
};

/** Opens the database, migrated to what this version needs. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { databaseUrl } = options;
  const backend =
    databaseUrl === undefined
      ? await openEmbedded(options)
      : await openPostgres({ ...options, databaseUrl });
  return {
    incidents: createIncidentStore(backend),
    triages: createTriageStore(backend),
    timeline: createTimelineStore(backend),
    votes: createVoteStore(backend),
    deliveries: createDeliveryStore(backend),
    inbox: createInboxStore(backend),
    audit: createAuditStore(backend),
    consoleLog: createConsoleLog(backend),
    pool: backend.pool,
    part: createStorePart(backend),
    embedded: databaseUrl === undefined,
    close: backend.close,
  };
}
