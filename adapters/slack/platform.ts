import { createHash } from 'node:crypto';
import type { CleanCard } from '../../src/domain/card.ts';
import { AppError } from '../../src/domain/errors.ts';
import { createRecent } from '../../src/domain/recent.ts';
import { type MessageRef, type ThreadRef, threadKey } from '../../src/domain/thread-ref.ts';
import type { ChatPlatform } from '../../src/ports/chat-platform.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { anything, posted } from './api/answers.ts';
import type { Call } from './api/calls.ts';
import { SlackRefusal } from './api/errors.ts';
import type { Files } from './api/files.ts';
import type { Pace } from './api/pace.ts';
import type { Background } from './background.ts';
import { fileMark, filesInThread, findDelivery, metadataOf } from './delivery-proof.ts';
import type { DrawnFile } from './draw/blocks.ts';
import type { Links } from './links.ts';
import { placeOf } from './read/place.ts';
import { LITERALLY, type Show } from './show.ts';
import type { Workspace, Workspaces } from './workspaces.ts';

export type PlatformOptions = {
  workspaces: Workspaces;
  call: Call;
  show: Show;
  files: Files;
  pace: Pace;
  clock: Clock;
  background: Background;
  links: Links;
};

/** What this process knows about messages that it posted, by channel and timestamp. */
type Posted = { deliveryKey: string; incidentId: string | undefined; files: string | undefined };

export type SlackPlatform = ChatPlatform & {
  /** The incident that a message shows, when this process posted it. */
  incidentOf(workspace: string, channel: string, ts: string): string | undefined;
};

const REMEMBERED = 20_000;

export function createSlackPlatform(options: PlatformOptions): SlackPlatform {
  const { workspaces, call, show, files, pace, background, links } = options;
  const messages = createRecent<Posted>(REMEMBERED);
  const keys = createRecent<MessageRef>(REMEMBERED);
  /** Posts under way, by delivery key. */
  const posting = new Map<string, Promise<MessageRef>>();
  /** Edits that wait for their turn: a newer state takes the place of the waiting one. */
  const waiting = new Map<string, { card: CleanCard; done: Promise<void> }>();

  async function post(where: ThreadRef, card: CleanCard, deliveryKey: string): Promise<MessageRef> {
    const workspace = await ours(where);
    void links.learn(workspace.id);
    const { channel, thread } = where;
    const { incidentId } = card;
    const args = {
      channel,
      metadata: metadataOf(deliveryKey, incidentId),
      ...LITERALLY,
      ...(thread === undefined ? {} : { thread_ts: thread }),
    };
    const { result, drawn } = await inTurn(where, () =>
      inChannel(workspace, where, () => show(workspace, 'chat.postMessage', card, args, posted)),
    );
    const message = { ...placeOf(workspace.id, channel, thread), message: result.ts };
    const known = { deliveryKey, incidentId, files: undefined };
    messages.set(refKey(message), known);
    keys.set(keyOf(where, deliveryKey), message);
    shareFiles(workspace, message, drawn.files, known);
    return message;
  }

  async function edit(message: MessageRef, card: CleanCard): Promise<void> {
    const workspace = await ours(message);
    const known = messages.get(refKey(message));
    const args = {
      channel: message.channel,
      ts: message.message,
      parse: LITERALLY.parse,
      link_names: LITERALLY.link_names,
      ...(known ? { metadata: metadataOf(known.deliveryKey, card.incidentId) } : {}),
    };
    const { drawn } = await inChannel(workspace, message, () =>
      show(workspace, 'chat.update', card, args, anything),
    );
    shareFiles(workspace, message, drawn.files, known);
  }

  function pacedEdit(message: MessageRef, card: CleanCard): Promise<void> {
    const key = refKey(message);
    const queued = waiting.get(key);
    if (queued) {
      queued.card = card;
      return queued.done;
    }
    const entry = { card, done: Promise.resolve() };
    entry.done = inTurn(message, () => {
      // From here on a newer state is an edit of its own.
      waiting.delete(key);
      return edit(message, entry.card);
    }).finally(() => {
      if (waiting.get(key) === entry) waiting.delete(key);
    });
    waiting.set(key, entry);
    return entry.done;
  }

  /** A 429 silences the channel. */
  function inTurn<Result>(where: ThreadRef, act: () => Promise<Result>): Promise<Result> {
    return pace.inTurn(laneOf(where), () =>
      act().catch((error: unknown) => {
        if (error instanceof AppError && error.code === 'rate_limited') {
          pace.hold(laneOf(where), error.retryAfterMs ?? 1_000);
        }
        throw error;
      }),
    );
  }

  /** A public channel that we are not in yet is joined. */
  async function inChannel<Result>(
    workspace: Workspace,
    where: ThreadRef,
    act: () => Promise<Result>,
  ): Promise<Result> {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof SlackRefusal)) throw error;
      if (error.answer === 'channel_not_found' && where.channel.startsWith('D')) {
        throw new AppError('forbidden', BETWEEN_PEOPLE, { cause: error });
      }
      if (error.answer !== 'not_in_channel') throw error;
      await call(workspace.token, 'conversations.join', { channel: where.channel }, anything);
      return act();
    }
  }

  /** Behind the card: it is there at once, and a file that fails is no reason to post it again. */
  function shareFiles(
    workspace: Workspace,
    message: MessageRef,
    drawn: readonly DrawnFile[],
    known: Posted | undefined,
  ): void {
    const digest = drawn.length === 0 ? undefined : digestOf(drawn);
    if (digest === undefined || known?.files === digest) return;
    if (known) messages.set(refKey(message), { ...known, files: digest });
    const where = { channel: message.channel, thread: message.thread ?? message.message };
    background.run('A file for a card could not be put into Slack.', async () => {
      // A process that was killed, or another one, may have shared them: what they say is proof enough.
      const there = known
        ? undefined
        : await filesInThread(call, workspace.token, where.channel, where.thread);
      for (const file of drawn) {
        if (there?.has(fileMark(file.name, Buffer.byteLength(file.text)))) continue;
        await pace.atLast(laneOf(message), () => files.share(workspace.token, where, file));
      }
    });
  }

  async function ours(where: ThreadRef): Promise<Workspace> {
    if (where.platform !== 'slack') {
      throw new AppError('internal', 'A card for another platform was handed to Slack.');
    }
    return workspaces.of(where.workspace);
  }

  return {
    name: 'slack',

    async post(where, card, deliveryKey) {
      const key = keyOf(where, deliveryKey);
      const underWay = posting.get(key);
      const earlier = underWay ? await underWay.catch(() => undefined) : keys.get(key);
      if (earlier) {
        await pacedEdit(earlier, card).catch(notNothing);
        return earlier;
      }
      const course = post(where, card, deliveryKey).finally(() => posting.delete(key));
      posting.set(key, course);
      return course;
    },

    edit: pacedEdit,

    async findDelivery(where, deliveryKey, since) {
      const workspace = await ours(where);
      // What was said to one person alone cannot be looked up without one more permission.
      if (isPerson(where.channel)) return undefined;
      return inChannel(workspace, where, () =>
        findDelivery(options, workspace.token, where, deliveryKey, since),
      );
    },

    incidentOf: (workspace, channel, ts) =>
      messages.get(refKey({ ...placeOf(workspace, channel), message: ts }))?.incidentId,
  };
}

const BETWEEN_PEOPLE =
  'Sitrep cannot write in a conversation between people: report it in a channel, or to Sitrep itself.';

/** The message is there: that its edit was put off must not read as if nothing had been posted. */
function notNothing(error: unknown): never {
  if (!(error instanceof AppError) || !error.retryable) throw error;
  const { message, retryAfterMs } = error;
  throw new AppError('unavailable', message, {
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    cause: error,
  });
}

/** Slack takes a person's id for the conversation with them. */
function isPerson(channel: string): boolean {
  return /^[UW]/.test(channel);
}

function laneOf({ workspace, channel }: ThreadRef): string {
  return `${workspace}/${channel}`;
}

/** A timestamp names a message in its channel, in a thread or not. */
function refKey({ workspace, channel, message }: MessageRef): string {
  return [workspace, channel, message].join('/');
}

function keyOf(where: ThreadRef, deliveryKey: string): string {
  return `${threadKey(where)}\n${deliveryKey}`;
}

function digestOf(files: readonly DrawnFile[]): string {
  const hash = createHash('sha256');
  for (const { name, text } of files) hash.update(`${name}\n${text.length}\n${text}\n`);
  return hash.digest('base64');
}
