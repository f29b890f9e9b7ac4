import type { Block, Chunk, Page } from './page.ts';
import { cutBlock } from './split-block.ts';
import { estimateTokens } from './token-estimate.ts';

/** A chunk of this size is closed at the next heading. */
const ENOUGH = 500;
/** No chunk is larger, save for code or a table that would lose its meaning. */
const MOST = 800;
/** A chunk this small does not end before a heading whose section does not fit: it takes a part of it. */
const TOO_SMALL = 150;
/** What is repeated of a section that had to be cut. */
const OVERLAP = 100;
const SMALLEST_OVERLAP = 20;

type Piece = Block & { tokens: number; path: readonly string[] };

/** Raise it when pages would be split in another way: then all are read anew. */
export const SPLIT_VERSION = 1;

/**
 * Parts of 500 to 800 tokens along the headings. Small sections that follow each other share a part; a section
 * that is too large is cut between its paragraphs, and the new part repeats the end of the one before.
 */
export function splitPage(page: Page): Chunk[] {
  const chunks: Chunk[] = [];
  let current: Piece[] = [];
  let size = 0;

  const close = () => {
    if (current.some(({ kind }) => kind !== 'heading')) chunks.push(chunkOf(current));
    else if (current.length > 0 && chunks.length === 0) chunks.push(chunkOf(current));
    current = [];
    size = 0;
  };

  for (const section of sectionsOf(page.blocks)) {
    const tokens = sum(section);
    const fits = size + tokens <= MOST;
    if (size >= ENOUGH || (!fits && size >= TOO_SMALL)) close();
    for (const piece of section) {
      if (size + piece.tokens > MOST && current.some(({ kind }) => kind !== 'heading')) {
        const repeated = endOf(current);
        close();
        current = repeated;
        size = sum(repeated);
        if (size + piece.tokens > MOST) {
          current = [];
          size = 0;
        }
      }
      current.push(piece);
      size += piece.tokens;
    }
  }
  close();
  return chunks;
}

/** A heading with everything up to the next one; pieces that are too large by themselves are cut. */
function sectionsOf(blocks: readonly Block[]): Piece[][] {
  const sections: Piece[][] = [];
  let path: { level: number; heading: string }[] = [];
  for (const block of blocks) {
    if (block.kind === 'heading') {
      const { level, heading } = block;
      path = [...path.filter((above) => above.level < level), { level, heading }];
      sections.push([]);
    } else if (sections.length === 0) sections.push([]);
    const headings = path.map(({ heading }) => heading).filter((heading) => heading !== '');
    const whole = { ...block, tokens: estimateTokens(block.text), path: headings };
    const pieces =
      block.kind === 'heading' || whole.tokens <= MOST
        ? [whole]
        : cutBlock(block, MOST).map((cut) => ({ ...cut, path: headings }));
    sections.at(-1)?.push(...pieces);
  }
  return sections;
}

/** The last paragraphs of what has just been closed, as many as may be repeated. */
function endOf(pieces: readonly Piece[]): Piece[] {
  const repeated: Piece[] = [];
  let size = 0;
  for (const piece of pieces.toReversed()) {
    if (piece.kind === 'heading' || piece.kind === 'code' || piece.kind === 'table') break;
    if (size + piece.tokens > OVERLAP) {
      const tail = tailOf(piece, OVERLAP - size);
      if (tail) repeated.unshift(tail);
      break;
    }
    repeated.unshift(piece);
    size += piece.tokens;
  }
  // All of it would be no overlap but the same once more.
  return repeated.length === pieces.length ? [] : repeated;
}

/** The last sentences or items of a piece that fit. */
function tailOf(piece: Piece, room: number): Piece | undefined {
  if (room < SMALLEST_OVERLAP) return undefined;
  const parts = cutBlock(piece, room);
  const last = parts.at(-1);
  const fits = last !== undefined && parts.length > 1 && last.tokens <= room;
  return fits ? { ...last, path: piece.path } : undefined;
}

function chunkOf(pieces: readonly Piece[]): Chunk {
  const section = sharedPath(pieces);
  // Its own heading is context already; those further inside are part of the text.
  const first = pieces.findIndex(
    ({ kind, path }) => kind !== 'heading' || path.length > section.length,
  );
  const shown = first < 0 ? pieces : pieces.slice(first);
  const text = shown
    .map((piece) => piece.text)
    .filter((it) => it !== '')
    .join('\n\n');
  return {
    section: [...section],
    text: text === '' ? section.join('\n') : text,
    line: pieces[0]?.line ?? 1,
  };
}

function sharedPath(pieces: readonly Piece[]): readonly string[] {
  const [first, ...others] = pieces
    .filter(({ kind }) => kind !== 'heading')
    .map(({ path }) => path);
  let shared = first ?? pieces.at(-1)?.path ?? [];
  for (const path of others) {
    const same = shared.findIndex((heading, i) => path[i] !== heading);
    if (same >= 0) shared = shared.slice(0, same);
  }
  return shared;
}

function sum(pieces: readonly Piece[]): number {
  return pieces.reduce((total, { tokens }) => total + tokens, 0);
}
