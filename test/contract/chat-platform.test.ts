import { describe, expect } from 'vitest';
import { cardText } from '../../src/domain/card-text.ts';
import { AppError } from '../../src/domain/errors.ts';
import type { ThreadRef } from '../../src/domain/thread-ref.ts';
import type { ConsoleMessage } from '../../src/ports/console-log.ts';
import { createFakePlatform } from '../fakes/fake-platform.ts';
import { createMemoryConsoleLog } from '../fakes/memory-console-log.ts';
import {
  chatPlatformContract,
  type Doing,
  type PlatformUnderTest,
} from './chat-platform.contract.ts';
import { startConsole } from './console-harness.ts';

describe('the fake platform', () => {
  chatPlatformContract(
    async () => {
      const platform = createFakePlatform('slack');
      return {
        platform,
        where: { platform: 'slack', workspace: 'T1', channel: 'C1' },
        seen: async () =>
          platform.messages().map(({ ref, card }) => ({ ref, texts: cardText(card) })),
        loseNextAnswer: () => platform.failNext('post', 'after'),
        stop: async () => undefined,
      };
    },
    { receives: false },
  );
});

describe('the console platform', () => {
  chatPlatformContract(startConsolePlatform, { receives: true });
});

const GENERAL: ThreadRef = { platform: 'console', workspace: 'console', channel: 'general' };
const ADA = { id: 'u1', name: 'Ada' };

async function startConsolePlatform(): Promise<PlatformUnderTest> {
  const log = createMemoryConsoleLog();
  let lose = false;
  const harness = await startConsole({
    log: {
      ...log,
      async add(message) {
        const stored = await log.add(message);
        if (!lose) return stored;
        lose = false;
        throw new AppError('unavailable', 'The connection broke.');
      },
    },
  });

  return {
    platform: harness.console.platform,
    where: GENERAL,
    async seen(where) {
      const { body } = await harness.get('/console/state');
      const messages = (body.messages as Seen[]).filter(({ channel }) => channel === where.channel);
      return messages
        .filter((message) => message.author.isBot)
        .map((message) => ({
          ref: {
            ...GENERAL,
            ...(message.thread === undefined ? {} : { thread: message.thread }),
            message: message.id,
          },
          texts: 'card' in message ? cardText(message.card) : message.text,
        }));
    },
    loseNextAnswer: () => {
      lose = true;
    },
    inbound: {
      async deliver(doing) {
        const { status } = await harness.post(...requestOf(doing));
        expect(status).toBe(200);
      },
      async openThread() {
        const body = { id: 'root-1', channel: 'general', text: 'It began here', actor: ADA };
        expect((await harness.post('/console/messages', body)).status).toBe(200);
        return { ...GENERAL, thread: 'root-1' };
      },
      events: () => harness.events,
      // The log is read for viewers, never handed to the product: nothing is under way.
      settle: async () => undefined,
    },
    stop: () => harness.stop(),
  };
}

type Seen = Pick<ConsoleMessage, 'id' | 'channel' | 'thread' | 'author'> & ConsoleMessage['body'];

const PATHS = { command: 'commands', message: 'messages', vote: 'votes', action: 'actions' };

function requestOf(doing: Doing): [path: string, body: unknown] {
  const { kind, occurrence, where, ...said } = doing;
  const { channel, thread } = where;
  return [`/console/${PATHS[kind]}`, { id: occurrence, channel, thread, actor: ADA, ...said }];
}
