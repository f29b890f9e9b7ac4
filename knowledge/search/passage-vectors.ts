import type { KnownChunk } from '../../src/ports/document-store.ts';
import { passageText } from '../collection/passage-text.ts';
import { localVector } from '../embedding/index.ts';

/** The same pages are shown again and again; so many vectors take 6 MB. */
const MOST_KEPT = 2_000;

const kept = new Map<string, readonly number[]>();

/** A passage by the local embedder: half a millisecond, so those used last are kept. A chunk's id says its text. */
export function passageVector(title: string, chunk: KnownChunk): readonly number[] {
  const key = `${chunk.id} ${chunk.checksum}`;
  const vector = kept.get(key) ?? localVector(passageText(title, chunk), 'passage');
  // Last used, last dropped.
  kept.delete(key);
  kept.set(key, vector);
  if (kept.size > MOST_KEPT) {
    for (const oldest of kept.keys()) {
      kept.delete(oldest);
      break;
    }
  }
  return vector;
}
