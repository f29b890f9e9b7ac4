import { AppError } from '../../src/domain/errors.ts';
import type { MessageRef, ThreadRef } from '../../src/domain/thread-ref.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { type HistoryMessage, messages } from './api/answers.ts';
import type { Call } from './api/calls.ts';
import { placeOf } from './read/place.ts';

/** Letters, digits and underscores only. */
const EVENT_TYPE = 'sitrep_card';

/** Travels with the message, invisible to people: proof that this delivery arrived, and what it is about. */
export function metadataOf(deliveryKey: string, incidentId: string | undefined) {
  return {
    event_type: EVENT_TYPE,
    event_payload: {
      delivery_key: deliveryKey,
      ...(incidentId === undefined ? {} : { incident_id: incidentId }),
    },
  };
}

const PAGE = 200;
const MOST_PAGES = 10;
/** Whoever asks holds a lease and wants to post after this. */
const MOST_MS = 3_500;
/** Slack's clock and ours may differ by so much. */
const CLOCKS_MS = 120_000;
/** The message with this key in a channel's history, newest first, or in a thread. */
export async function findDelivery(
  { call, clock }: { call: Call; clock: Clock },
  token: string,
  where: ThreadRef,
  deliveryKey: string,
  since: Date | undefined,
): Promise<MessageRef | undefined> {
  const { channel, thread } = where;
  const method = thread === undefined ? 'conversations.history' : 'conversations.replies';
  const until = clock.now().getTime() + MOST_MS;
  const oldest = since && timestampOf(since.getTime() - CLOCKS_MS);
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await call(
      token,
      method,
      {
        channel,
        limit: PAGE,
        include_all_metadata: true,
        ...(thread === undefined ? {} : { ts: thread }),
        ...(oldest === undefined ? {} : { oldest }),
        ...(cursor === undefined ? {} : { cursor }),
      },
      messages,
    );
    const found = answer.messages.find((message) => keyOf(message) === deliveryKey);
    if (found) return { ...placeOf(where.workspace, channel, thread), message: found.ts };
    cursor = answer.response_metadata?.next_cursor || undefined;
    if (cursor === undefined) return undefined;
    if (clock.now().getTime() > until) {
      throw new AppError('timeout', 'Looking for a message in Slack took too long.');
    }
  }
  return undefined;
}

function timestampOf(ms: number): string {
  return (Math.max(0, ms) / 1_000).toFixed(6);
}

/** The incident that one of our messages shows; in a thread as well as outside. */
export async function incidentOfMessage(
  call: Call,
  token: string,
  channel: string,
  ts: string,
): Promise<string | undefined> {
  const range = { latest: ts, oldest: ts, inclusive: true, limit: PAGE };
  const answer = await call(
    token,
    'conversations.replies',
    { channel, ts, include_all_metadata: true, ...range },
    messages,
  );
  const message = answer.messages.find((each) => each.ts === ts);
  return message && payloadOf(message)?.incident_id;
}

/** The files in a thread by name and size, as its latest messages show them. */
export async function filesInThread(
  call: Call,
  token: string,
  channel: string,
  thread: string,
): Promise<ReadonlySet<string>> {
  const range = { channel, ts: thread, limit: PAGE };
  const { messages: found } = await call(token, 'conversations.replies', range, messages);
  const files = found.flatMap((message) => (message.bot_id ? (message.files ?? []) : []));
  return new Set(files.map(({ name, size }) => fileMark(name ?? '', size ?? 0)));
}

export function fileMark(name: string, bytes: number): string {
  return `${name} ${bytes}`;
}

function keyOf(message: HistoryMessage): string | undefined {
  return payloadOf(message)?.delivery_key;
}

function payloadOf({ metadata }: HistoryMessage) {
  return metadata?.event_type === EVENT_TYPE ? metadata.event_payload : undefined;
}
