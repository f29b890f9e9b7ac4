import { join } from 'node:path';
import express, { type RequestHandler, Router } from 'express';
import type { z } from 'zod';
import { AppError } from '../../src/domain/errors.ts';
import type { Event } from '../../src/domain/event.ts';
import type { Receive } from '../../src/ports/chat-platform.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { ConsoleLog, ConsoleMessage } from '../../src/ports/console-log.ts';
import type { Channels } from './channels.ts';
import { actionEvent, commandEvent, messageEvent, voteEvent } from './events.ts';
import {
  actionInput,
  channelInput,
  commandInput,
  type MessageInput,
  messageInput,
  parseInput,
  streamQuery,
  voteInput,
} from './input.ts';
import type { LiveFeed } from './live-feed.ts';
import { BOT } from './place.ts';
import { jsonOnly, sameOriginOnly } from './same-origin.ts';
import { viewOf } from './view.ts';

export type ConsoleCommand = { name: string; usage: string; summary: string };

export type RoutesOptions = {
  log: ConsoleLog;
  channels: Channels;
  feed: LiveFeed;
  clock: Clock;
  commands: readonly ConsoleCommand[];
  /** Where index.html and what it loads are. */
  pageFolder: string;
};

/** What a page that opens gets to see; older messages stay in the store. */
const SHOWN_AT_OPEN = 300;

/** The longest text, when every character takes a six-byte escape in JSON, and its envelope. */
const MOST_BODY = '640kb';

/**
 * The page draws what strangers wrote. Even if that ever became markup, it could load and run nothing:
 * no inline code, no foreign host, and no string may be turned into HTML or code.
 */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

export function createRoutes(options: RoutesOptions, receive: Receive): Router {
  const { log, channels, feed, clock, commands, pageFolder } = options;
  const router = Router();

  router.get('/', (_request, response) => {
    response.setHeader('Content-Security-Policy', PAGE_POLICY);
    response.setHeader('Cache-Control', 'no-cache');
    response.sendFile(join(pageFolder, 'index.html'), { cacheControl: false });
  });
  // Revalidated on every visit: after an update nobody may run half of the old page.
  router.use(
    '/console/assets',
    express.static(pageFolder, {
      index: false,
      setHeaders: (r) => r.setHeader('Cache-Control', 'no-cache'),
    }),
  );

  router.use('/console', sameOriginOnly(), noStore, jsonOnly());
  router.use('/console', express.json({ limit: MOST_BODY }));

  router.get('/console/state', async (_request, response) => {
    const [recent, names] = await Promise.all([log.recent(SHOWN_AT_OPEN), channels.list()]);
    const messages = [...(await missingRoots(recent)), ...recent];
    response.json({
      status: 'ok',
      change: recent.reduce((newest, message) => Math.max(newest, message.change), 0),
      channels: names,
      messages: messages.map(viewOf),
      commands,
      bot: BOT,
    });
  });

  router.get('/console/stream', async (request, response) => {
    const since = request.get('last-event-id') || request.query.since;
    await feed.join(response, parseInput(streamQuery, { since }).since);
  });

  router.post('/console/messages', async (request, response) => {
    const input = parseInput(messageInput, request.body);
    await assertPlace(input);
    const stored = await log.add({
      id: input.id,
      channel: input.channel,
      ...(input.thread === undefined ? {} : { thread: input.thread }),
      author: { ...input.actor, isBot: false },
      body: { text: input.text },
      createdAt: clock.now(),
    });
    if (!isSame(stored, input)) {
      throw new AppError(
        'conflict',
        'Another message has this id already: send it with a new one.',
      );
    }
    feed.wake();
    // Also for a message that was stored before: an earlier try may have ended right here.
    const reply = await receive(messageEvent(stored, input.text));
    response.json({ status: 'ok', message: viewOf(stored), reply: reply ?? null });
  });

  router.post('/console/commands', answer(commandInput, commandEvent));
  router.post('/console/actions', answer(actionInput, actionEvent));
  router.post('/console/votes', answer(voteInput, voteEvent));

  router.post('/console/channels', async (request, response) => {
    const { name } = parseInput(channelInput, request.body);
    await channels.add(name);
    await feed.tellChannels();
    response.json({ status: 'ok', name });
  });

  return router;

  /** Hands what happened to the product; its reply is for the person who acted alone. */
  function answer<Input extends { channel: string; thread?: string | undefined }>(
    schema: z.ZodType<Input>,
    toEvent: (input: Input, at: Date) => Event,
  ): RequestHandler {
    return async (request, response) => {
      const input = parseInput(schema, request.body);
      await assertPlace(input);
      const reply = await receive(toEvent(input, clock.now()));
      response.json({ status: 'ok', reply: reply ?? null });
    };
  }

  async function assertPlace(input: { channel: string; thread?: string | undefined }) {
    const { channel, thread } = input;
    if (!(await channels.has(channel))) {
      throw new AppError('not_found', 'There is no such channel: add it first.');
    }
    if (thread === undefined) return;
    const root = await log.byId(thread);
    if (root === undefined) {
      throw new AppError(
        'not_found',
        'This thread is no longer kept: the console forgets one 30 days after the last word in it. Say it in the channel.',
      );
    }
    if (root.channel !== channel || root.thread !== undefined) {
      throw new AppError('not_found', 'There is no such thread in this channel.');
    }
  }

  /** A recent reply to a message that is too old to be recent itself still needs its thread. */
  async function missingRoots(recent: ConsoleMessage[]): Promise<ConsoleMessage[]> {
    const present = new Set(recent.map((message) => message.id));
    const missing = new Set(recent.flatMap(({ thread }) => thread ?? []));
    const roots = await Promise.all(
      [...missing].filter((id) => !present.has(id)).map((id) => log.byId(id)),
    );
    return roots.filter((root) => root !== undefined);
  }
}

function isSame(stored: ConsoleMessage, input: MessageInput): boolean {
  return (
    stored.channel === input.channel &&
    stored.thread === input.thread &&
    stored.author.id === input.actor.id &&
    'text' in stored.body &&
    stored.body.text === input.text
  );
}

const noStore: RequestHandler = (_request, response, next) => {
  response.setHeader('Cache-Control', 'no-store');
  next();
};
