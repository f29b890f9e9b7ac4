import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createPostgresQueue } from '../../adapters/queue/index.ts';
import { AppError } from '../../src/domain/errors.ts';
import { openEmbeddedDatabase } from '../fixtures/queue/databases.ts';
import { queueDeps } from '../fixtures/queue/deps.ts';
import { noteJob } from '../fixtures/queue/note-job.ts';

const soon = { timeout: 20_000, interval: 10 };

type Database = Awaited<ReturnType<typeof openEmbeddedDatabase>>;

let database: Database;
const undo: (() => Promise<unknown>)[] = [];
// Making a database takes seconds, so the tests share one and have job names of their own.
beforeAll(async () => {
  database = await openEmbeddedDatabase();
});
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});
afterAll(() => database?.close());

async function open() {
  const told = queueDeps();
  const { pool } = database;
  const handle = await createPostgresQueue({ pool, embedded: true, ...told.deps });
  undo.push(() => handle.close());
  return { ...handle, ...told, pool };
}

describe('what a queue tells its operators', () => {
  it('measures every attempt by its outcome, and the wait before the first', async () => {
    const { queue, workers, measured } = await open();
    const job = noteJob('measured', { retry: { attempts: 2, firstMs: 10, mostMs: 10 } });
    await workers.work(job, async (_, { id, attempt }) => {
      if (id === 'shaky' && attempt === 1) throw new AppError('busy', 'Busy.');
      if (id === 'broken') throw new AppError('forbidden', 'No.');
      if (id === 'endless') await new Promise(() => {});
    });
    for (const id of ['fine', 'shaky', 'broken', 'endless']) {
      await queue.enqueue(job, { text: '' }, { id });
    }
    const outcomes = () =>
      measured
        .filter((each) => each.name === 'sitrep_job_duration_seconds')
        .map((each) => each.labels.outcome)
        .sort();
    await vi.waitFor(() => expect(outcomes()).toEqual(['dead', 'done', 'done', 'retry']), soon);
    await workers.drain(50);
    expect(outcomes()).toEqual(['dead', 'done', 'done', 'handed_back', 'retry']);
    expect(measured.filter((each) => each.name === 'sitrep_jobs_dead_total')).toEqual([
      { name: 'sitrep_jobs_dead_total', labels: { job: 'measured' }, value: 1 },
    ]);
    const waits = measured.filter((each) => each.name === 'sitrep_job_wait_seconds');
    expect(waits).toHaveLength(4);
    expect(waits.every((each) => each.value >= 0 && each.value < 20)).toBe(true);
  });

  it('counts a delay that was asked for as no wait', async () => {
    const { queue, workers, measured } = await open();
    const job = noteJob('delayed');
    await workers.work(job, async () => {});
    await queue.enqueue(job, { text: '' }, { id: 'later', delayMs: 1_000 });
    await vi.waitFor(
      () => expect(measured.map((each) => each.name)).toContain('sitrep_job_wait_seconds'),
      soon,
    );
    const wait = measured.find((each) => each.name === 'sitrep_job_wait_seconds');
    expect(wait?.value).toBeLessThan(1);
  });

  it('logs failures with job, id, attempt and cause, and never a payload', async () => {
    const { queue, workers, lines } = await open();
    const job = noteJob('logged', { retry: { attempts: 2, firstMs: 10, mostMs: 10 } });
    const failure = new AppError('unavailable', 'Away.');
    await workers.work(job, async () => {
      throw failure;
    });
    await queue.enqueue(job, { text: 'hunter2' }, { id: 'a' });
    await vi.waitFor(async () => expect((await queue.listDead(1))[0]?.job).toBe(job.name), soon);
    const failures = lines.filter((line) => line.level !== 'debug');
    expect(failures).toEqual([
      {
        level: 'warn',
        message: 'A job failed and will be tried again.',
        fields: { job: 'logged', jobId: 'a', attempt: 1, ms: expect.any(Number) },
        cause: failure,
      },
      {
        level: 'error',
        message: 'A job was given up.',
        fields: { job: 'logged', jobId: 'a', attempt: 2, ms: expect.any(Number) },
        cause: failure,
      },
    ]);
    expect(JSON.stringify(lines)).not.toContain('hunter2');
  });

  it('leaves neither payload nor message of a foreign error in what is kept of a failure', async () => {
    const { queue, workers, pool } = await open();
    const job = noteJob('foreign');
    await workers.work(job, async ({ text }) => {
      throw new TypeError(`cannot digest ${text}`, { cause: new Error(text) });
    });
    await queue.enqueue(job, { text: 'hunter2' }, { id: 'a' });
    await vi.waitFor(async () => expect((await queue.listDead(1))[0]?.job).toBe(job.name), soon);
    const { rows } = await pool.query(
      `SELECT failed_reason, stacktrace::text FROM bullmq.job WHERE queue = 'foreign' AND id = 'a'`,
    );
    expect(rows).toEqual([{ failed_reason: 'internal: TypeError', stacktrace: '[]' }]);
    const events = await pool.query('SELECT data::text FROM bullmq.event');
    expect(JSON.stringify(events.rows)).not.toContain('hunter2');
  });

  it('says that a payload cannot be stored, instead of "try again"', async () => {
    const { queue } = await open();
    const enqueue = queue.enqueue(noteJob('unstorable'), { text: 'a\u0000b' }, { id: 'nul' });
    await expect(enqueue).rejects.toMatchObject({ code: 'bad_request', retryable: false });
  });

  it('refuses a schedule that makes no sense', async () => {
    const { queue } = await open();
    const job = noteJob('scheduled');
    for (const schedule of [
      { everyMs: 0 },
      { cron: 'every now and then', timeZone: 'UTC' },
      { cron: '0 9 * * 1', timeZone: 'Mars/Olympus' },
    ]) {
      await expect(queue.schedule(job, { text: '' }, schedule)).rejects.toMatchObject({
        code: 'config',
        message: expect.stringContaining('schedule of the scheduled job'),
      });
    }
  });

  it('is healthy while the database answers, and says so', async () => {
    const { part } = await open();
    expect(part).toMatchObject({ name: 'queue', needed: true });
    expect(await part.health()).toEqual({
      status: 'up',
      detail: 'Jobs are kept in the embedded database.',
    });
  });
});
