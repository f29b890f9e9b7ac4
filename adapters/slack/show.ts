import type { z } from 'zod';
import type { CleanCard } from '../../src/domain/card.ts';
import { createRecent } from '../../src/domain/recent.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Call } from './api/calls.ts';
import { SlackRefusal } from './api/errors.ts';
import { type Drawn, drawCard } from './draw/draw-card.ts';

/** Sends a card by a method that takes text and blocks; whatever the workspace refuses is drawn in a plainer form. */
export type Show = <Schema extends z.ZodType>(
  workspace: { id: string; token: string },
  method: string,
  card: CleanCard,
  args: Record<string, unknown>,
  answer: Schema,
) => Promise<{ result: z.output<Schema>; drawn: Drawn }>;

/** A workspace that refused newer blocks may get them with a new plan. */
const REFUSED_FOR_MS = 3_600_000;

/**
 * Nothing in our text is markup, whatever it looks like: no formatting, no names to link, no pages to preview.
 */
export const LITERALLY = {
  mrkdwn: false,
  parse: 'none',
  link_names: false,
  unfurl_links: false,
  unfurl_media: false,
} as const;

export function createShow({ call, clock }: { call: Call; clock: Clock }): Show {
  const refusedUntil = createRecent<number>(1_000);

  return async (workspace, method, card, args, answer) => {
    const send = async (drawn: Drawn, blocks: Drawn['blocks'] | undefined) => {
      const shown = { text: drawn.text, ...(blocks === undefined ? {} : { blocks }) };
      const result = await call(workspace.token, method, { ...shown, ...args }, answer);
      return { result, drawn };
    };
    const newer = (refusedUntil.get(workspace.id) ?? 0) <= clock.now().getTime();
    const rich = drawCard(card, { newer });
    try {
      return await send(rich, rich.blocks);
    } catch (error) {
      if (!isRefusal(error)) throw error;
    }
    const plain = rich.newer ? drawCard(card, { newer: false }) : rich;
    try {
      if (rich.newer) {
        const shown = await send(plain, plain.blocks);
        refusedUntil.set(workspace.id, clock.now().getTime() + REFUSED_FOR_MS);
        return shown;
      }
    } catch (error) {
      if (!isRefusal(error)) throw error;
    }
    // Better words alone than no card. An empty list takes away the blocks of an earlier state.
    return send(plain, []);
  };
}

function isRefusal(error: unknown): boolean {
  return error instanceof SlackRefusal && error.refusedBlocks;
}
