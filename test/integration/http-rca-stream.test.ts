import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ProviderDouble, settingsFor, startProviderDouble } from '../fakes/providers/index.ts';
import { CONTRACT_EXPLANATION, PAYMENTS } from '../unit/rca/examples.ts';
import { ask } from './http-harness.ts';
import { PATH, startExplaining } from './rca-harness.ts';

const LIE = 'A failure in the billing gateway made things worse.';

let double: ProviderDouble;
let server: Awaited<ReturnType<typeof startExplaining>>;
beforeAll(async () => {
  double = await startProviderDouble('openai');
  server = await startExplaining({
    settings: settingsFor([{ dialect: 'openai', url: double.url }]),
  });
});
afterAll(async () => {
  await server.close();
  await double.close();
});

async function stream(rcaData: unknown, accept = 'text/event-stream') {
  const answer = await ask(server, PATH, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept },
    body: JSON.stringify({ rcaData }),
  });
  const events = answer.text
    .split('\n\n')
    .filter((block) => block.startsWith('event: '))
    .map((block) => {
      const [name = '', data = ''] = block.split('\n');
      return { name: name.slice('event: '.length), data: JSON.parse(data.slice('data: '.length)) };
    });
  return { ...answer, events };
}

it('says how far it is while the model writes, then gives the whole explanation, checked', async () => {
  double.say({ text: CONTRACT_EXPLANATION.replace('\n\nKey', ` ${LIE}\n\nKey`) }, 'refusal');
  const { status, headers, text, events } = await stream(PAYMENTS);
  expect(status).toBe(200);
  expect(headers['content-type']).toMatch(/^text\/event-stream/);
  expect(headers['cache-control']).toBe('no-store');
  const shares = events.filter(({ name }) => name === 'progress').map(({ data }) => data.progress);
  expect(shares.length).toBeGreaterThan(3);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  const last = events.at(-1);
  expect(last?.name).toBe('explanation');
  expect(last?.data).toMatchObject({
    status: 'success',
    data: { explanation: CONTRACT_EXPLANATION, verified: true, cached: false },
  });
  // Once, where it is told what was dropped: no unchecked word goes out before.
  expect(text.split(LIE)).toHaveLength(2);
  expect(last?.data.data.dropped).toMatchObject([{ sentence: LIE }]);
  expect(double.calls[0]?.isStream).toBe(true);
});

it('answers from the cache as well', async () => {
  const { events } = await stream(PAYMENTS);
  expect(events.map(({ name }) => name)).toEqual(['progress', 'explanation']);
  expect(events[1]?.data.data.cached).toBe(true);
});

it.each(['*/*', 'application/json', 'application/json, text/event-stream;q=0.5'])(
  'answers with JSON alone to who accepts %s',
  async (accept) => {
    const answer = await stream(PAYMENTS, accept);
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    expect(JSON.parse(answer.text).status).toBe('success');
  },
);

it('refuses what is no analysis before any event', async () => {
  const answer = await stream({});
  expect(answer.status).toBe(400);
  expect(JSON.parse(answer.text)).toEqual({ status: 'error', error: 'invalid_json_payload' });
});
