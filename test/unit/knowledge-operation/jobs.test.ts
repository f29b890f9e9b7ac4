import { describe, expect, it } from 'vitest';
import {
  catchUpKnowledgeJob,
  checkKnowledgeJob,
  createCatchUpKnowledgeProcessor,
} from '../../../jobs/catch-up-knowledge.ts';
import { createIngestKnowledgeProcessor } from '../../../jobs/ingest-knowledge.ts';
import { AppError } from '../../../src/domain/errors.ts';

const { signal } = new AbortController();
const context = { id: 'job-1', attempt: 1, signal };

function recording() {
  const lines: string[] = [];
  const log = (message: string) => void lines.push(message);
  return { lines, logger: { debug: log, info: log, warn: log, error: log } };
}

function ingestOf(reports: { added?: number; changed?: number; removed?: number }[]) {
  const checks: string[] = [];
  const left = [...reports];
  const process = createIngestKnowledgeProcessor({
    sources: [
      { collection: 'runbooks', paths: ['a'] },
      { collection: 'nothing', paths: [] },
      { collection: 'default', paths: ['b'] },
    ],
    ingest: async () => ({
      ...{ added: 0, changed: 0, unchanged: 5, removed: 0, failed: [] },
      ...left.shift(),
    }),
    check: async (jobId) => void checks.push(jobId),
    logger: recording().logger,
  });
  return { process, checks };
}

describe('reading the knowledge in again', () => {
  it('has the vectors checked once when something changed', async () => {
    for (const report of [{ added: 1 }, { changed: 1 }, { removed: 1 }]) {
      const { process, checks } = ingestOf([{}, report]);
      await process({}, context);
      expect(checks).toEqual(['job-1']);
    }
  });

  it('has nothing checked when nothing changed', async () => {
    const { process, checks } = ingestOf([{}, {}]);
    await process({}, context);
    expect(checks).toEqual([]);
  });
});

describe('catching up', () => {
  it('is another job than checking everything, with the same promises', () => {
    expect(checkKnowledgeJob).toEqual({ ...catchUpKnowledgeJob, name: 'check-knowledge' });
  });

  it('leaves to the next run what is away now, and nothing else', async () => {
    const failing = (error: Error) => {
      const { lines, logger } = recording();
      const catchUp = async () => {
        throw error;
      };
      return { lines, process: createCatchUpKnowledgeProcessor({ catchUp, logger }) };
    };
    const away = failing(new AppError('unavailable', 'Chroma is away.'));
    await away.process({}, context);
    expect(away.lines).toEqual(['The vectors of the knowledge stay behind.']);
    await expect(failing(new Error('a bug')).process({}, context)).rejects.toThrow('a bug');
  });

  it('says how many vectors were missing', async () => {
    const { lines, logger } = recording();
    let embedded = 3;
    const catchUp = async () => ({ embedded, erased: 0 });
    const process = createCatchUpKnowledgeProcessor({ catchUp, logger });
    await process({}, context);
    embedded = 0;
    await process({}, context);
    expect(lines).toEqual(['Missing vectors of the knowledge were made.']);
  });
});
