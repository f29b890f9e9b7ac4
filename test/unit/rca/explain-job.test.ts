import { describe, expect, it } from 'vitest';
import { createExplainRcaProcessor } from '../../../jobs/explain-rca.ts';
import { AppError } from '../../../src/domain/errors.ts';
import { createMemoryTasks } from '../../fakes/memory-tasks.ts';
import { PAYMENTS } from './examples.ts';
import { startExplain } from './writer.ts';

const context = { id: 'job', attempt: 1, signal: new AbortController().signal };

async function start(request: object, explain = startExplain().explain) {
  const { clock, lines } = startExplain();
  const tasks = createMemoryTasks();
  const log = (message: string) => void lines.push(message);
  const called: { url: string; body: unknown }[] = [];
  const failures: AppError[] = [];
  await tasks.add({
    id: 'task_1',
    kind: 'explain-rca',
    state: 'waiting',
    progress: 0,
    request: { rca: PAYMENTS, audience: 'customer', ...request },
    createdAt: clock.now(),
    updatedAt: clock.now(),
  });
  const process = createExplainRcaProcessor({
    explain,
    tasks,
    clock,
    logger: { debug: log, info: log, warn: log, error: log },
    sendCallback: async (url, body) => {
      const failure = failures.shift();
      if (failure) throw failure;
      called.push({ url, body });
    },
  });
  return { tasks, called, failures, run: () => process({ taskId: 'task_1' }, context) };
}

describe('explaining a root cause that nobody waits for', () => {
  it('leaves the explanation with the task', async () => {
    const { tasks, run, called } = await start({});
    await run();
    expect(await tasks.byId('task_1')).toMatchObject({
      state: 'done',
      progress: 1,
      result: { audience: 'customer', provider: 'local' },
    });
    expect(called).toEqual([]);
  });

  it('calls back, and tries only that again when it fails', async () => {
    let told = 0;
    const { explain } = startExplain();
    const counting = Object.assign(
      (...args: Parameters<typeof explain>) => {
        told++;
        return explain(...args);
      },
      { flush: explain.flush },
    );
    const { run, called, failures } = await start(
      { callbackUrl: 'https://example.com/' },
      counting,
    );
    failures.push(new AppError('unavailable', 'Away.'));
    await expect(run()).rejects.toMatchObject({ retryable: true });
    await run();
    expect(told).toBe(1);
    expect(called).toMatchObject([
      { url: 'https://example.com/', body: { id: 'task_1', state: 'done' } },
    ]);
  });

  it('says that it failed, without the cause', async () => {
    const failing = Object.assign(() => Promise.reject(new Error('secret inside')), {
      flush: async () => undefined,
    });
    const { tasks, run } = await start({}, failing);
    await run();
    const task = await tasks.byId('task_1');
    expect(task).toMatchObject({ state: 'failed', result: { error: 'mira_generation_failed' } });
    expect(JSON.stringify(task?.result)).not.toContain('secret inside');
  });
});
