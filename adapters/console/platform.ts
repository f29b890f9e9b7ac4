import { AppError } from '../../src/domain/errors.ts';
import type { MessageRef, ThreadRef } from '../../src/domain/thread-ref.ts';
import type { ChatPlatform } from '../../src/ports/chat-platform.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { ConsoleLog, ConsoleMessage } from '../../src/ports/console-log.ts';
import type { Ids } from '../../src/ports/ids.ts';
import type { Channels } from './channels.ts';
import { BOT, placeOf, WORKSPACE } from './place.ts';

export type ConsolePlatformOptions = {
  log: ConsoleLog;
  channels: Channels;
  clock: Clock;
  ids: Ids;
  /** Something was written that viewers of this process should see at once. */
  onChange: () => void;
};

/** Cards go into the log; pages that are open read it from there, whichever process wrote it. */
export function createConsolePlatform(options: ConsolePlatformOptions): ChatPlatform {
  const { log, channels, clock, ids, onChange } = options;

  return {
    name: 'console',

    async post(where, card, deliveryKey) {
      assertOurs(where);
      if (where.thread !== undefined) await assertThread(where.channel, where.thread);
      // Nobody would see a card in a channel that no page lists.
      await channels.add(where.channel);
      const id = ids.next('msg');
      const stored = await log.add({
        id,
        channel: where.channel,
        ...(where.thread === undefined ? {} : { thread: where.thread }),
        author: BOT,
        body: { card },
        deliveryKey,
        createdAt: clock.now(),
      });
      // The key was there already: an earlier post arrived whose outcome nobody knew, with an older card.
      if (stored.id !== id) await log.editCard(stored.id, card);
      onChange();
      return refOf(stored);
    },

    async edit(message, card) {
      assertOurs(message);
      if (!(await log.editCard(message.message, card))) {
        throw new AppError('not_found', 'The console no longer has the message to edit.');
      }
      onChange();
    },

    async findDelivery(where, deliveryKey) {
      assertOurs(where);
      const found = await log.byDeliveryKey(deliveryKey);
      return found && refOf(found);
    },
  };

  async function assertThread(channel: string, thread: string): Promise<void> {
    const root = await log.byId(thread);
    if (root?.channel !== channel) {
      throw new AppError('not_found', 'The console has no such thread to post in.');
    }
  }
}

function assertOurs(where: ThreadRef): void {
  if (where.platform !== 'console' || where.workspace !== WORKSPACE) {
    throw new AppError('internal', 'A card for another platform was handed to the console.');
  }
}

function refOf(message: ConsoleMessage): MessageRef {
  return { ...placeOf(message.channel, message.thread), message: message.id };
}
