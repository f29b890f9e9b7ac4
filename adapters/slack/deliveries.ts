import type { CleanCard } from '../../src/domain/card.ts';
import { AppError } from '../../src/domain/errors.ts';
import { type Event, eventKey, type MessageEvent } from '../../src/domain/event.ts';
import { createRecent } from '../../src/domain/recent.ts';
import type { ThreadRef } from '../../src/domain/thread-ref.ts';
import type { Receive, Reply } from '../../src/ports/chat-platform.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Logger } from '../../src/ports/logger.ts';
import { anything } from './api/answers.ts';
import type { Call } from './api/calls.ts';
import type { Directory } from './api/directory.ts';
import type { Background } from './background.ts';
import { incidentOfMessage } from './delivery-proof.ts';
import { drawForm } from './draw/forms.ts';
import { type Delivery, IGNORED, type Reaction } from './read/delivery.ts';
import { placeOf } from './read/place.ts';
import { readDelivery } from './read/read-delivery.ts';
import { bodyOf, type Replies } from './replies.ts';
import type { Workspace } from './workspaces.ts';

export type DeliveriesOptions = {
  receive: Receive;
  directory: Directory;
  call: Call;
  replies: Replies;
  /** The incident that one of our messages shows, when this process knows. */
  incidentOf: (workspace: string, channel: string, ts: string) => string | undefined;
  onInvited: ((where: ThreadRef) => Promise<void>) | undefined;
  /** Keeps what was said until Slack tells where: by its name a channel is known to be for incidents. */
  onUnnamed: ((event: MessageEvent) => Promise<void>) | undefined;
  background: Background;
  clock: Clock;
  logger: Logger;
};

/** The body of the acknowledgement, where Slack shows one. */
export type Answer =
  | ReturnType<typeof bodyOf>
  | { response_action: 'errors'; errors: Record<string, string> }
  | undefined;

/** Takes one delivery; resolved means that it is safe to acknowledge. */
export type Take = (body: Record<string, unknown>, workspace: Workspace) => Promise<Answer>;

type EventDelivery = Extract<Delivery, { kind: 'event' }>;

const SENTENCE = 'An answer could not be shown to the person who acted.';
/** Slack delivers what it gives up on within minutes; later repeats get their answer again. */
const ANSWERED = 5_000;
/** A name is not worth a late acknowledgement: Slack gives up after three seconds, and in the end for good. */
const NAME_MS = 500;

export function createTake(options: DeliveriesOptions): Take {
  const { receive, directory, call, replies, background, clock, logger } = options;
  /** Answers that were sent: a repeated delivery is taken again, its answer is not shown again. */
  const answered = createRecent<true>(ANSWERED);

  async function takeEvent(delivery: EventDelivery, workspace: Workspace): Promise<Answer> {
    const { form, formAfter } = delivery;
    if (form && !formAfter) {
      if (await opens(workspace, form, delivery.event)) return undefined;
      if (form.name === 'report' && delivery.event.kind === 'command' && delivery.reply) {
        const { reply } = delivery;
        background.run(SENTENCE, () => replies.say(workspace, reply, NO_FORM));
        return undefined;
      }
    }
    const event = await named(delivery, workspace);
    if (event === undefined) return undefined;
    const reply = await received(event, delivery, workspace);
    if (form && formAfter && (await opens(workspace, form, event))) return undefined;
    if (!reply) return undefined;
    if (event.kind === 'home') {
      background.run('The home page could not be shown.', () =>
        replies.showHome(workspace, event.actor.id, reply.card),
      );
      return undefined;
    }
    return answer(delivery, event, reply.card, workspace);
  }

  /** Slack tells its user only that something failed; we say what to do, and let Slack deliver again. */
  async function received(
    event: Event,
    { reply }: EventDelivery,
    workspace: Workspace,
  ): Promise<Reply> {
    try {
      return await receive(event);
    } catch (error) {
      // Whoever only said something among people did not ask us for anything.
      const isAsked = event.kind !== 'message';
      if (reply && isAsked && !answered.get(`failed ${eventKey(event)}`)) {
        answered.set(`failed ${eventKey(event)}`, true);
        background.run(SENTENCE, () => replies.say(workspace, reply, FAILED));
      }
      throw error;
    }
  }

  function answer(
    { reply }: EventDelivery,
    event: Event,
    card: CleanCard,
    workspace: Workspace,
  ): Answer {
    if (!reply) return undefined;
    if (reply.inline) {
      const drawn = replies.inline(card);
      background.run(SENTENCE, () => replies.sendFiles(workspace, reply.user, drawn.files));
      return bodyOf(drawn);
    }
    // Two people may do one thing, such as triage one message; each is answered.
    const key = `${eventKey(event)} ${reply.responseUrl ?? reply.user}`;
    if (answered.get(key)) return undefined;
    answered.set(key, true);
    background.run(SENTENCE, () => replies.send(workspace, reply, card));
    return undefined;
  }

  async function opens(
    workspace: Workspace,
    { name, trigger, about }: NonNullable<EventDelivery['form']>,
    event: Event,
  ): Promise<boolean> {
    const key = `form ${eventKey(event)}`;
    if (answered.get(key)) return true;
    const view = drawForm(name, about);
    try {
      await call(workspace.token, 'views.open', { trigger_id: trigger, view }, anything);
      answered.set(key, true);
      return true;
    } catch (error) {
      logger.info(
        'A form could not be opened; words take its place.',
        { platform: 'slack' },
        error,
      );
      return false;
    }
  }

  /** The event with names in the place of ids; undefined when that is left to a job. */
  async function named(
    { event, lookUp }: EventDelivery,
    workspace: Workspace,
  ): Promise<Event | undefined> {
    const [name, channelName] = await Promise.all([
      lookUp?.actor
        ? within(NAME_MS, directory.userName(workspace, event.actor.id), event.actor.name)
        : event.actor.name,
      lookUp?.channel ? channelNameOf(event, workspace) : '',
    ]);
    const actor = { ...event.actor, name };
    if (event.kind !== 'message') return { ...event, actor };
    if (channelName !== undefined) return { ...event, actor, channelName };
    await options.onUnnamed?.({ ...event, actor });
    return undefined;
  }

  async function channelNameOf(event: Event, workspace: Workspace): Promise<string | undefined> {
    const asked = directory.channelName(workspace, event.where.channel);
    if (!options.onUnnamed) return asked;
    return within(
      NAME_MS,
      asked.catch(() => undefined),
      undefined,
    );
  }

  async function takeReaction(reaction: Reaction, workspace: Workspace): Promise<void> {
    const { channel, message, user, value, removed, occurrence } = reaction;
    const incidentId =
      options.incidentOf(workspace.id, channel, message) ??
      (await incidentOfMessage(call, workspace.token, channel, message).catch(nothingThere));
    if (incidentId === undefined) return;
    if (await directory.isStranger(workspace, user)) {
      logger.info(IGNORED.foreign, { platform: 'slack' });
      return;
    }
    const event: Event = {
      kind: removed ? 'unvote' : 'vote',
      occurrence,
      where: placeOf(workspace.id, channel),
      actor: { id: user, name: user, isBot: false },
      at: clock.now().toISOString(),
      incidentId,
      value,
    };
    const reply = { channel, user, thread: message };
    // The thumb itself shows that a vote was taken; only a thumbs-down has a question to ask.
    const asks = value === 'down' && !removed;
    await takeEvent(
      { kind: 'event', event, lookUp: { actor: true }, ...(asks ? { reply } : {}) },
      workspace,
    );
  }

  return async (body, workspace) => {
    const delivery = readDelivery(body, workspace, clock.now());
    switch (delivery.kind) {
      case 'event':
        return takeEvent(delivery, workspace);
      case 'incomplete':
        return { response_action: 'errors', errors: delivery.errors };
      case 'reaction':
        await takeReaction(delivery.reaction, workspace);
        return undefined;
      case 'invited':
        await options.onInvited?.(placeOf(workspace.id, delivery.channel));
        return undefined;
      case 'renamed':
        directory.renamed(workspace.id, delivery.channel, delivery.name);
        return undefined;
      case 'ignored': {
        const line = IGNORED[delivery.because];
        if (line !== undefined) logger.info(line, { platform: 'slack' });
        return undefined;
      }
    }
  };
}

/** Slack will not show us the message; only a Slack that is away is worth another delivery. */
function nothingThere(error: unknown): undefined {
  if (!(error instanceof AppError) || error.retryable) throw error;
}

function within<Value>(ms: number, value: Promise<Value>, otherwise: Value): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<Value>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), ms);
  });
  return Promise.race([value, limit]).finally(() => clearTimeout(timer));
}

const NO_FORM =
  'Slack did not open the form in time. Say /triage and what is wrong in one line, or try /triage again.';
const FAILED = 'I could not note this just now. Please do it again in a minute.';
