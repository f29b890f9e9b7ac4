import type { Card } from '../src/domain/card.ts';
import type { CleanText } from '../src/domain/clean-text.ts';
import type { DeletedEvent, Event, MessageEvent, SharedFile } from '../src/domain/event.ts';
import type { ThreadRef } from '../src/domain/thread-ref.ts';
import type { ChannelStore } from '../src/ports/channel-store.ts';
import type { Classifier } from '../src/ports/classifier.ts';
import type { Clock } from '../src/ports/clock.ts';
import type { ExplanationStore } from '../src/ports/explanation-store.ts';
import type { Ids } from '../src/ports/ids.ts';
import type { InboxStore } from '../src/ports/inbox-store.ts';
import type { IncidentStore } from '../src/ports/incident-store.ts';
import type { IncidentMemory, KnowledgeSearch } from '../src/ports/knowledge.ts';
import type { Metrics } from '../src/ports/metrics.ts';
import type { TimelineStore } from '../src/ports/timeline-store.ts';
import type { TriageStore } from '../src/ports/triage-store.ts';
import type { VoteStore } from '../src/ports/vote-store.ts';
import type { AdviseOnLogs } from '../src/triage/index.ts';

/** What handlers work with. They record and enqueue; everything slow is a job. */
export type HandlerContext = {
  inbox: InboxStore;
  incidents: IncidentStore;
  timeline: TimelineStore;
  triages: TriageStore;
  votes: VoteStore;
  explanations: Pick<ExplanationStore, 'vote'>;
  channels: ChannelStore;
  knowledge: KnowledgeSearch;
  memory: IncidentMemory;
  classifier: Classifier;
  enqueue: Enqueue;
  adviseOnLogs: AdviseOnLogs;
  /** What people call a channel, soon: its id where the platform is slow to say. */
  channelName(where: ThreadRef): Promise<string>;
  /** Whether everybody of the workspace may read along; no, where the platform is slow to say. */
  isOpen(where: ThreadRef): Promise<boolean>;
  /** Opens a place for people, where that is known. */
  linkTo(where: ThreadRef): string | undefined;
  /** Names of channels in which every new message is a report. */
  incidentChannels: readonly string[];
  clock: Clock;
  ids: Ids;
  metrics: Metrics;
};

/** Slow work; `because` names the event, so that its retry is the same job. */
export type Enqueue = {
  /** A judgement of all that was said. */
  triage(incidentId: string, because: Event, how?: { announce: boolean }): Promise<void>;
  /** An update of the card; `anyway` also for what is no new revision of its incident. */
  showCard(incidentId: string, because: Event, how?: { anyway: boolean }): Promise<void>;
  /** A second opinion, because somebody asked for it. */
  escalation(incidentId: string, because: Event): Promise<void>;
  /** A resolved incident becomes knowledge; one that was opened again is no longer past. */
  remember(incidentId: string, because: Event): Promise<void>;
  /** Says once in the channel when what was deleted is an incident's card, or what its thread hangs on. */
  reportDeleted(incidentId: string, because: DeletedEvent): Promise<void>;
  /** A file that came with a message about an incident. */
  readFile(incidentId: string, file: SharedFile, because: MessageEvent): Promise<void>;
  /** An answer with sources, posted where it was asked. */
  answer(question: CleanText, where: ThreadRef, because: Event): Promise<void>;
  /** A root cause in plain words: of this JSON, or of what is known about the incident. */
  explanation(
    about: { rca: CleanText } | { incidentId: string },
    where: ThreadRef,
    because: Event,
  ): Promise<void>;
};

/** What became of an event; `recorded` and `duplicate` are both safe to acknowledge. */
export type Outcome = 'recorded' | 'duplicate' | 'ignored' | 'answered';

/** What the person who acted is told, and nobody else. */
export type Answer = { outcome: Outcome; card: Card };
