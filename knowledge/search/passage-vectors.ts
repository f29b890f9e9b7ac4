import { createRecent } from '../../src/domain/recent.ts';
import type { KnownChunk } from '../../src/ports/document-store.ts';
import { passageText } from '../collection/passage-text.ts';
import { localVector } from '../embedding/index.ts';

/** The same pages are shown again and again; so many vectors take 6 MB. */
const MOST_KEPT = 2_000;

const kept = createRecent<readonly number[]>(MOST_KEPT);

/** A passage by the local embedder: half a millisecond, so those used last are kept. A chunk's id says its text. */
export function passageVector(title: string, chunk: KnownChunk): readonly number[] {
  const key = `${chunk.id} ${chunk.checksum}`;
  const vector = kept.get(key) ?? localVector(passageText(title, chunk), 'passage');
  kept.set(key, vector);
  return vector;
}
