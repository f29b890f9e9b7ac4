import { resolve } from 'node:path';
import { AppError } from '../../src/domain/errors.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Part } from '../../src/ports/health.ts';
import type { Logger } from '../../src/ports/logger.ts';
import { packagedPlace } from './packaged.ts';
import { remotePlace } from './place.ts';
import { supervise } from './supervise.ts';

export type ChromaOptions = {
  varDir: string;
  /** A server that somebody else runs; without it, the packaged one is started and kept running. */
  url?: string;
  clock: Clock;
  logger: Logger;
  random?: () => number;
};

export type Chroma = {
  part: Part;
  /** Where Chroma answers; undefined while it is away. */
  address(): string | undefined;
  close(): Promise<void>;
};

/** Returns at once: Chroma gets ready in the background, and the product works without it meanwhile. */
export async function startChroma(options: ChromaOptions): Promise<Chroma> {
  const { varDir, url, clock, logger, random = Math.random } = options;
  if (url !== undefined && !URL.canParse(url)) {
    throw new AppError(
      'config',
      'CHROMA_URL cannot be read; it must be an address such as http://host:8000.',
    );
  }
  const supervised = supervise({
    find: url === undefined ? packagedPlace({ varDir: resolve(varDir) }) : remotePlace(url),
    clock,
    logger,
    random,
  });
  return {
    part: { name: 'knowledge', needed: false, health: async () => supervised.health() },
    address: () => supervised.address(),
    close: () => supervised.close(),
  };
}
