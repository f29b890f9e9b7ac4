import type { AuditStore } from '../../src/ports/audit-store.ts';
import type { ChannelStore } from '../../src/ports/channel-store.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { ConsoleLog } from '../../src/ports/console-log.ts';
import type { DeliveryStore } from '../../src/ports/delivery-store.ts';
import type { DocumentStore } from '../../src/ports/document-store.ts';
import type { ExplanationStore } from '../../src/ports/explanation-store.ts';
import type { Part } from '../../src/ports/health.ts';
import type { InboxStore } from '../../src/ports/inbox-store.ts';
import type { IncidentStore } from '../../src/ports/incident-store.ts';
import type { InstallationStore } from '../../src/ports/installation-store.ts';
import type { Logger } from '../../src/ports/logger.ts';
import type { RetrievalLog } from '../../src/ports/retrieval-log.ts';
import type { TaskStore } from '../../src/ports/task-store.ts';
import type { TimelineStore } from '../../src/ports/timeline-store.ts';
import type { TriageStore } from '../../src/ports/triage-store.ts';
import type { UsageStore } from '../../src/ports/usage-store.ts';
import type { VoteStore } from '../../src/ports/vote-store.ts';
import { createAuditStore } from './audit-store.ts';
import { createChannelStore } from './channel-store.ts';
import { createConsoleLog } from './console-store.ts';
import { createDeliveryStore } from './delivery-store.ts';
import { createDocumentStore } from './document-store.ts';
import { openEmbedded } from './embedded.ts';
import { createExplanationStore } from './explanation-store.ts';
import { createInboxStore } from './inbox-store.ts';
import { createIncidentStore } from './incident-store.ts';
import { createInstallationStore } from './installation-store.ts';
import { createStorePart } from './part.ts';
import type { Pool } from './pool.ts';
import { openPostgres } from './postgres.ts';
import { createRetrievalLog } from './retrieval-log.ts';
import { createTaskStore } from './task-store.ts';
import { createTimelineStore } from './timeline-store.ts';
import { createTriageStore } from './triage-store.ts';
import { createUsageStore } from './usage-store.ts';
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
  documents: DocumentStore;
  retrievals: RetrievalLog;
  usage: UsageStore;
  tasks: TaskStore;
  explanations: ExplanationStore;
  channels: ChannelStore;
  installations: InstallationStore;
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
  let closing: Promise<void> | undefined;
  return {
    incidents: createIncidentStore(backend),
    triages: createTriageStore(backend),
    timeline: createTimelineStore(backend),
    votes: createVoteStore(backend),
    deliveries: createDeliveryStore(backend),
    inbox: createInboxStore(backend),
    audit: createAuditStore(backend),
    consoleLog: createConsoleLog(backend),
    documents: createDocumentStore(backend),
    retrievals: createRetrievalLog(backend),
    usage: createUsageStore(backend),
    tasks: createTaskStore(backend),
    explanations: createExplanationStore(backend),
    channels: createChannelStore(backend),
    installations: createInstallationStore(backend),
    pool: backend.pool,
    part: createStorePart(backend),
    embedded: databaseUrl === undefined,
    // Whoever stops twice, as on two signals, waits for the same end.
    close: () => (closing ??= backend.close()),
  };
}
