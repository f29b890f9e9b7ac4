import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { startProviderDouble } from '../fakes/providers/index.ts';
import { runSitrep, usedFolder } from '../fixtures/product.ts';
import { CONTRACT_EXPLANATION, PAYMENTS } from '../unit/rca/examples.ts';

const folder = usedFolder();
afterAll(() => folder.remove());

const run = (args: string[], env: Record<string, string> = {}) =>
  runSitrep(args, { cwd: folder.path, env });
const write = (name: string, text: string) => writeFileSync(join(folder.path, name), text);

it('tells a root cause with the configured model, and counts that in the accounts', async () => {
  const double = await startProviderDouble('ollama');
  double.say({ text: CONTRACT_EXPLANATION });
  write('analysis.json', JSON.stringify({ rcaData: PAYMENTS }));
  const env = {
    OLLAMA_BASE_URL: double.url,
    OLLAMA_MODEL: 'small',
    // The second call would be more than is left.
    MIRA_DAILY_TOKENS: '4000',
  };
  const told = await run(['rca', 'analysis.json', '--json'], env);
  expect(told).toMatchObject({ code: 0, stderr: '' });
  expect(JSON.parse(told.stdout)).toMatchObject({
    status: 'success',
    data: { explanation: CONTRACT_EXPLANATION, provider: 'ollama', model: 'small', verified: true },
  });
  const used = JSON.parse(told.stdout).data.tokensUsed;
  const refused = await run(['rca', 'analysis.json'], { ...env, MIRA_DAILY_TOKENS: '1600' });
  expect(refused.code).toBe(0);
  expect(refused.stderr).toContain(`used up, ${used} of 1600 tokens`);
  expect(refused.stdout).toContain('authentication service');
  expect(double.calls).toHaveLength(1);
  await double.close();
});

it('gives what the triage makes of a log, with steps', async () => {
  const errors = Array.from(
    { length: 12 },
    (_, i) =>
      `2026-01-02T10:0${i % 10}:00Z ERROR orders FATAL: sorry, too many clients already (pid ${4_100 + i})`,
  );
  write('app.log', `${errors.join('\n')}\n`);
  const { code, stdout, stderr } = await run(['logs', '--file', 'app.log', '--json']);
  expect([code, stderr]).toEqual([0, '']);
  const { suggestedActions } = JSON.parse(stdout) as { suggestedActions: string[] };
  const team = suggestedActions.findIndex((action) => /^Engage whoever knows \w+/.test(action));
  expect(team).toBeGreaterThanOrEqual(0);
  // What to do about it.
  expect(suggestedActions.length).toBeGreaterThan(team + 1);
});

it('says what there is to compare', async () => {
  const nothing = await run(['prompts', 'compare']);
  expect(nothing).toEqual({ code: 0, stdout: 'Nothing has been explained yet.\n', stderr: '' });
  const wrong = await run(['prompts', 'compare', '--since', 'lately']);
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toContain('--since takes a time such as 30d or 12h.');
});
