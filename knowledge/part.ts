import type { Part } from '../src/ports/health.ts';
import type { Logger } from '../src/ports/logger.ts';
import type { Chroma } from './chroma/index.ts';
import type { Vectors } from './collection/vectors.ts';

/** Chroma, and whether its vectors are those of the documents. */
export function createKnowledgePart(chroma: Chroma, vectors: Vectors, logger: Logger): Part {
  const { name, needed } = chroma.part;
  return {
    name,
    needed,
    async health() {
      const health = await chroma.part.health();
      if (health.status !== 'up') return health;
      try {
        const behind = await vectors.behind();
        return behind === undefined ? health : { status: 'degraded', detail: behind };
      } catch (error) {
        logger.debug('The vectors could not be looked at.', { part: name }, error);
        return { status: 'degraded', detail: 'Chroma does not say which vectors it has.' };
      }
    },
  };
}
