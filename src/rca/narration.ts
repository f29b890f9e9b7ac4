import type { Logger } from '../ports/logger.ts';
import type { Told } from './explanation.ts';
import { narrate } from './narrate.ts';
import type { Prepared } from './prepare.ts';
import { sha256 } from './sha256.ts';
import { createVerifier } from './verify/verify.ts';
import { jargonIn, readingGrade } from './words/reading.ts';

export const NARRATOR = {
  provider: 'local',
  model: 'narrator',
  promptId: 'narrator',
  version: '1',
} as const;

/** What the narrator makes of an analysis, and why it was asked in place of a model. */
export function narration(
  { bounded, audience, sourceHash }: Prepared,
  because: Partial<Pick<Told, 'degraded' | 'tokensUsed' | 'dropped'>>,
  logger: Logger,
): Told {
  const { rca, leftOut } = bounded();
  const text = narrate(rca, audience);
  const faulty = createVerifier(rca)
    .check(text)
    .filter(({ faults }) => faults.length > 0);
  if (faulty.length > 0) {
    logger.warn('The narrator said what could not be traced', { count: faulty.length });
  }
  return {
    explanation: text,
    tokensUsed: 0,
    provider: NARRATOR.provider,
    model: NARRATOR.model,
    audience,
    verified: faulty.length === 0,
    dropped: [],
    ...(leftOut === '' ? {} : { leftOut }),
    promptId: NARRATOR.promptId,
    promptVersion: NARRATOR.version,
    promptHash: sha256(`${NARRATOR.promptId} ${NARRATOR.version} ${audience}`),
    sourceHash,
    readingGrade: readingGrade(text),
    jargon: jargonIn(text),
    ...because,
  };
}
