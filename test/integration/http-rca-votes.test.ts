import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestStore, type TestStore } from '../fixtures/database.ts';
import { PAYMENTS } from '../unit/rca/examples.ts';
import { ask, OTHER_TOKEN, TOKEN } from './http-harness.ts';
import { PATH, startExplaining } from './rca-harness.ts';

let test: TestStore;
let server: Awaited<ReturnType<typeof startExplaining>>;
beforeAll(async () => {
  test = await createTestStore();
  const { explanations } = test.store;
  server = await startExplaining({
    explanations,
    votes: explanations,
    app: { tokens: [TOKEN, OTHER_TOKEN] },
  });
});
afterAll(async () => {
  await server.close();
  await test.remove();
});

async function send(method: string, path: string, value?: unknown, token = TOKEN) {
  const answer = await ask(server, path, {
    method,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    ...(value === undefined ? {} : { body: JSON.stringify(value) }),
  });
  return { status: answer.status, json: JSON.parse(answer.text) };
}

const vote = (id: string, value: unknown, token?: string) =>
  send('POST', `/api/v1/mira/explanations/${id}/votes`, value, token);

it('counts the votes on what was told, by its prompt', async () => {
  const { json } = await send('POST', PATH, { rcaData: PAYMENTS });
  const { id, promptHash, promptVersion } = json.data;
  expect(await vote(id, { value: 'up' })).toEqual({
    status: 200,
    json: { status: 'success', data: { changed: true } },
  });
  expect((await vote(id, { value: 'up' })).json.data).toEqual({ changed: false });
  await vote(id, { value: 'down' }, OTHER_TOKEN);
  // Two who share a token.
  await vote(id, { value: 'up', voter: 'ada' });
  await vote(id, { value: 'up', voter: 'ben' });
  const { json: compared } = await send('GET', '/api/v1/mira/prompts');
  expect(compared.data.prompts).toEqual([
    {
      promptId: 'narrator',
      promptVersion,
      promptHash,
      audience: 'executive',
      explanations: 1,
      up: 3,
      down: 1,
      share: 0.75,
      low: expect.any(Number),
      high: expect.any(Number),
    },
  ]);
  expect(compared.data.verdicts).toEqual([
    { audience: 'executive', sentence: expect.stringContaining('nothing to compare') },
  ]);
  const { json: later } = await send('GET', '/api/v1/mira/prompts?since=2999-01-01T00:00:00Z');
  expect(later.data.prompts).toEqual([]);
});

it('refuses a vote that is none, and one on nothing', async () => {
  expect(await vote('exp_none', { value: 'up' })).toMatchObject({
    status: 404,
    json: { error: 'not_found' },
  });
  expect(await vote('exp_none', { value: 'sideways' })).toMatchObject({ status: 400 });
  expect(await send('GET', '/api/v1/mira/prompts?since=lately')).toMatchObject({ status: 400 });
});
