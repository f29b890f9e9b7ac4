import { z } from 'zod';
import type { PostOnce } from '../src/delivery/index.ts';
import { type Card, textCard } from '../src/domain/card.ts';
import { AppError } from '../src/domain/errors.ts';
import {
  actorSchema,
  eventKey,
  type MessageEvent,
  type SharedFile,
  sharedFileSchema,
} from '../src/domain/event.ts';
import type { Incident } from '../src/domain/incident.ts';
import {
  createLogAnalysis,
  type LogAnalysis,
  type LogAnalysisResult,
  logCard,
  readLog,
  reportLogs,
} from '../src/logs/index.ts';
import type { Clock } from '../src/ports/clock.ts';
import type { IncidentStore } from '../src/ports/incident-store.ts';
import type { JobDefinition, Processor } from '../src/ports/job-queue.ts';
import type { Logger } from '../src/ports/logger.ts';
import type { SharedFiles } from '../src/ports/shared-files.ts';
import type { TimelineStore } from '../src/ports/timeline-store.ts';
import { createRedactor } from '../src/safety/index.ts';
import { type AdviseOnLogs, evidenceIn } from '../src/triage/index.ts';

const payloadSchema = z.object({
  incidentId: z.string().min(1),
  file: sharedFileSchema,
  author: actorSchema,
  /** `sharedFileKey`: names the file in its message. */
  key: z.string().min(1),
});
type Payload = z.infer<typeof payloadSchema>;

/** Reads a log that somebody shared in an incident's thread. Few at a time: a log may keep a core busy for seconds. */
export const readSharedFileJob: JobDefinition<Payload> = {
  name: 'read-shared-file',
  payload: payloadSchema,
  concurrency: 2,
  retry: { attempts: 8, firstMs: 500, mostMs: 60_000 },
};

export function sharedFileKey(event: MessageEvent, file: Pick<SharedFile, 'id'>): string {
  return `${eventKey(event)}/${encodeURIComponent(file.id)}`;
}

const MEGABYTE = 1024 * 1024;
const MOST_BYTES = 50 * MEGABYTE;
/** A packed log grows by ten or twenty; a trap by a thousand. */
const MOST_CHARACTERS = 1024 * MEGABYTE;
const MOST_MS = 120_000;
const LONGEST_EXCERPT = 4_000;

/** What people share to be looked at by people. */
const TO_LOOK_AT = /^(image|video|audio|font)\//;
const TEXT_TYPE =
  /^(text\/|application\/(octet-stream|json|x-ndjson|xml|x-log|gzip|x-gzip|zstd|x-zstd)$)/;
const TEXT_NAME = /\.(log|txt|out|err|json|jsonl|ndjson|csv|gz|zst|\d+)$/i;

export function createReadSharedFileProcessor(deps: {
  incidents: IncidentStore;
  timeline: TimelineStore;
  files: SharedFiles;
  adviseOnLogs: AdviseOnLogs;
  postOnce: PostOnce;
  /** Queues another judgement of the incident; equal keys are one. */
  enqueueTriage: (incidentId: string, key: string) => Promise<void>;
  clock: Clock;
  logger: Logger;
}): Processor<Payload> {
  const { clock } = deps;

  async function analyse(
    { where }: Incident,
    file: SharedFile,
    signal: AbortSignal,
    learn: (name: string) => void,
  ): Promise<LogAnalysisResult> {
    refuseType(file);
    refuseSize(file.bytes);
    const { content, ...opened } = await deps.files.open(where.platform, where.workspace, file.id);
    // In channels that are shared with others, a message tells no more of a file than its id.
    if (file.name === file.id) {
      learn(opened.name);
      refuseType(opened);
    }
    refuseSize(opened.bytes);
    const now = clock.now();
    const analysis = createLogAnalysis({ assumedYear: now.getFullYear() });
    const until = now.getTime() + MOST_MS;
    const goOn = () => {
      signal.throwIfAborted();
      if (clock.now().getTime() > until) throw tooLarge();
    };
    await readLog(limited(content, goOn), withLimit(analysis));
    const redactor = createRedactor();
    return reportLogs(analysis.finish(), (shown) => redactor.redact(shown).text);
  }

  return async ({ incidentId, file: told, author, key }, { signal }) => {
    let file = told;
    const incident = await deps.incidents.byId(incidentId);
    if (!incident || TO_LOOK_AT.test(told.mediaType)) return;
    const { where } = incident;
    let result: LogAnalysisResult;
    try {
      result = await analyse(incident, told, signal, (name) => {
        file = { ...told, name };
      });
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal === undefined) throw error;
      deps.logger.info('A shared file was not read.', { incidentId }, error);
      const card = textCard(`${nameOf(file)}: ${refusal}`);
      await deps.postOnce(where, card, `file-${key}`, author);
      return;
    }
    // Evidence first: a platform that is away must not keep the verdict from what the log says.
    await deps.timeline.add({
      incidentId,
      eventKey: key,
      author,
      text: excerptOf(file, result),
      at: clock.now(),
    });
    await deps.enqueueTriage(incidentId, key);
    const card = withWhole(logCard(await deps.adviseOnLogs(result)), file, result);
    await deps.postOnce(where, card, `file-${key}`, author);
  };
}

function refuseType({ name, mediaType }: Pick<SharedFile, 'name' | 'mediaType'>): void {
  if (TEXT_TYPE.test(mediaType) || TEXT_NAME.test(name)) return;
  throw new AppError(
    'bad_request',
    'I read logs and other text, plain or packed with gzip or zstd; not this.',
  );
}

function refuseSize(bytes: number): void {
  if (bytes > MOST_BYTES) throw tooLarge();
}

function tooLarge(): AppError {
  return new AppError(
    'too_large',
    `this is more than I read at once (${MOST_BYTES / MEGABYTE} MB): share the part around the failure.`,
  );
}

/** The content as it comes, until there is too much of it, whatever its size was said to be. */
async function* limited(
  content: AsyncIterable<Uint8Array>,
  goOn: () => void,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of content) {
    goOn();
    bytes += chunk.byteLength;
    refuseSize(bytes);
    yield chunk;
  }
}

/** A small file can be unpacked into a huge one. */
function withLimit(analysis: LogAnalysis): LogAnalysis {
  let characters = 0;
  return {
    ...analysis,
    add(line, cut) {
      characters += line.length + 1;
      if (characters > MOST_CHARACTERS) throw tooLarge();
      analysis.add(line, cut);
    },
  };
}

/** What another try would not change, as a sentence for the thread; undefined for everything else. */
function refusalOf(error: unknown): string | undefined {
  if (!(error instanceof AppError)) return undefined;
  const told = ['bad_request', 'too_large', 'forbidden', 'not_found'].includes(error.code);
  return told ? error.message : undefined;
}

function excerptOf(file: SharedFile, result: LogAnalysisResult): string {
  // Not the summary: its words are ours, and would be judged as if they stood in the log.
  const text = `${nameOf(file)}\n${evidenceIn(result)}`.trim();
  return text.length > LONGEST_EXCERPT ? `${text.slice(0, LONGEST_EXCERPT - 1)}…` : text;
}

function withWhole(card: Card, file: SharedFile, result: LogAnalysisResult): Card {
  const [, ...rest] = card.elements;
  const title = `Log analysis: ${nameOf(file)}`;
  return {
    ...card,
    summary: `${title}: ${card.summary}`,
    elements: [
      { kind: 'header', text: title },
      ...rest,
      {
        kind: 'file',
        name: 'log-analysis.json',
        mediaType: 'application/json',
        text: `${JSON.stringify(result, null, 2)}\n`,
      },
    ],
  };
}

function nameOf({ id, name }: SharedFile): string {
  // Its id says nothing to people.
  if (name === id) return 'A shared file';
  return name.length > 80 ? `${name.slice(0, 79)}…` : name;
}
