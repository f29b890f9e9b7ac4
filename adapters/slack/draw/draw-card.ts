import type { KnownBlock } from '@slack/types';
import type { Card, CardElement } from '../../../src/domain/card.ts';
import { cardText } from '../../../src/domain/card-text.ts';
import { LIMITS, MESSAGE_CHARACTERS } from '../limits.ts';
import type { DrawnFile, SlackBlock } from './blocks.ts';
import { drawControl, isControl } from './controls.ts';
import { drawElement, type Pen } from './draw-element.ts';
import { cut, escapeMarkup, mend, plainText, shorten } from './literal.ts';
import { lengthOf, richTextBlocks, section, words } from './rich-text.ts';

export type Drawn = {
  /** What notifications and screen readers say. */
  text: string;
  blocks: SlackBlock[];
  /** What does not fit into a message, or asked to be a file. */
  files: DrawnFile[];
  /** It has blocks that older plans and clients refuse. */
  newer: boolean;
};

export type Form = {
  /** Whether blocks may be used that not every workspace has yet. */
  newer: boolean;
  blocks?: number;
};

/** The card in Block Kit, within all limits. Controls always stay; of what is too long, the end goes into a file. */
export function drawCard(card: Card, { newer, blocks: most = LIMITS.blocks }: Form): Drawn {
  const pen: Pen = { newer, files: [], charts: 0, tables: 0 };
  const controls = card.elements.map((element, number) =>
    isControl(element) ? drawControl(element, number, card.incidentId, newer) : [],
  );
  const blocks: SlackBlock[] = [];
  // One block stays free for the remark that something was cut.
  let roomForBlocks = most - 1 - controls.flat().length;
  let room = MESSAGE_CHARACTERS - lengthOf(controls);
  let isCut = false;
  card.elements.forEach((element, number) => {
    blocks.push(...(controls[number] ?? []));
    if (isControl(element)) return;
    for (const block of drawElement(element, pen)) {
      const fitting = roomForBlocks > 0 ? beginningOf(block, room) : undefined;
      if (fitting !== block) isCut = true;
      if (fitting === undefined) continue;
      blocks.push(fitting);
      roomForBlocks -= 1;
      room -= lengthOf(fitting);
    }
  });
  if (isCut) {
    pen.files.unshift({ name: 'whole-card.txt', text: wholeText(card) });
    blocks.push(contextOf('This was too long for Slack: the whole of it is in a file.'));
  }
  if (blocks.length === 0) blocks.push(...richTextBlocks(section(words(card.summary))));
  return {
    text: fallbackText(card),
    blocks: blocks.slice(0, most),
    files: pen.files.filter(({ text }) => text !== ''),
    newer: blocks.some(({ type }) => NEWER.has(type)),
  };
}

const NEWER: ReadonlySet<string> = new Set(['context_actions', 'data_table', 'data_visualization']);

/** Shorter than this the beginning of a text says nothing. */
const WORTH_CUTTING = 200;

/** The block itself, its beginning, or nothing. */
function beginningOf(block: SlackBlock, room: number): SlackBlock | undefined {
  if (lengthOf(block) <= room) return block;
  if (block.type !== 'rich_text' || room < WORTH_CUTTING) return undefined;
  let left = room - 1;
  const elements = [];
  for (const element of block.elements) {
    if (lengthOf(element) <= left) {
      elements.push(element);
      left -= lengthOf(element);
      continue;
    }
    const only = element.elements.length === 1 ? element.elements[0] : undefined;
    if (element.type === 'rich_text_section' && only?.type === 'text' && left > 0) {
      elements.push({ ...element, elements: [{ ...only, text: `${cut(only.text, left)}…` }] });
    }
    break;
  }
  return elements.length === 0 ? undefined : { ...block, elements };
}

function contextOf(text: string): KnownBlock {
  return { type: 'context', elements: [plainText(text, LIMITS.contextText)] };
}

/** Screen readers read this instead of the blocks, so it says all that they say. */
function fallbackText(card: Card): string {
  const said = cardText({ ...card, elements: card.elements.filter(isSaid) });
  const isFirst = letters(said).startsWith(letters(card.summary));
  const whole = isFirst ? said : `${card.summary}\n\n${said}`;
  const escaped = escapeMarkup(mend(whole.trim()));
  // Not in the middle of an entity.
  return escaped.length <= LIMITS.text
    ? escaped
    : shorten(escaped, LIMITS.text).replace(/&[a-z]{0,3}…$/, '…');
}

/** The summary is often the first lines as one, the last of them shortened. */
function letters(text: string): string {
  return text.replace(/[^\p{L}\p{N}]+/gu, '');
}

/** In a file there is nothing to press. */
function wholeText(card: Card): string {
  const elements = card.elements.filter((element) => isSaid(element) && !isControl(element));
  return cardText({ ...card, elements });
}

/** Files stand beside the card; how many voted is on the buttons. */
function isSaid({ kind }: CardElement): boolean {
  return kind !== 'file' && kind !== 'vote';
}
