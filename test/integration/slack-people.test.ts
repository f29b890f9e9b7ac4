import { afterEach, describe, expect, it } from 'vitest';
import { type CleanCard, textCard } from '../../src/domain/card.ts';
import type { Event } from '../../src/domain/event.ts';
import type { Receive } from '../../src/ports/chat-platform.ts';
import { cleanCard } from '../../src/safety/index.ts';
import { type SlackHarness, startSlack } from '../contract/slack-harness.ts';
import { readBlocks } from '../contract/slack-reading.ts';

const CARD = cleanCard({
  summary: 'Database incident, high severity',
  incidentId: 'inc_1',
  elements: [
    { kind: 'header', text: 'Database incident, high severity' },
    {
      kind: 'buttons',
      buttons: [
        { action: 'resolve', label: 'Resolve', style: 'primary' },
        { action: 'wrong-category', label: 'Wrong category', style: 'plain' },
      ],
    },
    { kind: 'vote', up: 0, down: 0 },
  ],
});

const answer = (card: CleanCard = cleanCard(textCard('Noted.'))): Receive => {
  return async (event) => (event.kind === 'message' ? undefined : { card });
};

let harness: SlackHarness;
afterEach(() => harness?.stop());

describe.each([
  { name: 'over HTTP', socket: false },
  { name: 'over Socket Mode', socket: true },
])('what people do, $name', ({ socket }) => {
  async function start(receive: Receive = answer()) {
    harness = await startSlack({ socket, receive });
    const { slack, adapter, events } = harness;
    const channel = slack.channel('inc-checkout');
    const where = { platform: 'slack', workspace: 'T0HOME', channel: channel.id } as const;
    return { ...harness, slack, adapter, events, where, ada: slack.user('U0ADA') };
  }

  /** The events after those that tell of messages. */
  const last = (events: readonly Event[]) => events.at(-1);

  async function posted({ adapter, slack, where }: Awaited<ReturnType<typeof start>>) {
    const ref = await adapter.platform.post(where, CARD, 'card-inc_1');
    return slack.waitForMessage((message) => message.ts === ref.message);
  }

  it('a command is answered to its person alone, in the acknowledgement itself', async () => {
    const { slack, events, where, ada } = await start();
    const { acknowledged, attempts } = await ada.command(
      '/triage checkout &lt;5xx&gt; since 10:05',
      'inc-checkout',
    );
    expect(acknowledged).toBe(true);
    expect(attempts).toHaveLength(1);
    expect(events).toMatchObject([
      {
        kind: 'command',
        text: 'checkout <5xx> since 10:05',
        where,
        actor: { id: 'U0ADA', name: 'u0ada' },
      },
    ]);
    expect(ada.ephemerals().map(({ blocks }) => readBlocks(blocks))).toEqual(['Noted.']);
    expect(slack.posted()).toEqual([]);
  });

  it('a command without words opens the form, and what is sent is a report', async () => {
    const { events, where, ada } = await start();
    await ada.command('/triage', 'inc-checkout');
    expect(events).toEqual([]);
    const [form] = ada.modals();
    if (!form) throw new Error('No form was opened.');
    const values = { what: 'status page is down', service: 'web', logs: 'ERROR 503' };
    const { acknowledged } = await ada.submits(form, values);
    expect(acknowledged).toBe(true);
    expect(last(events)).toMatchObject({
      kind: 'command',
      isReport: true,
      text: 'status page is down\nService: web\nERROR 503',
      where,
    });
    await expect.poll(() => ada.ephemerals().length).toBe(1);
  });

  it('a mention is one command in its thread, although Slack tells of it twice', async () => {
    const { slack, events, where, ada } = await start();
    const { ts } = await ada.says('inc-checkout', `<@${slack.workspace.botUser}> triage status`);
    expect(events).toMatchObject([
      { kind: 'command', text: 'status', where: { ...where, thread: ts }, occurrence: ts },
    ]);
    await expect.poll(() => ada.ephemerals().map(({ threadTs }) => threadTs)).toEqual([ts]);
  });

  it('messages carry names, threads, edits and their end', async () => {
    const { events, where, ada } = await start();
    const root = await ada.says('inc-checkout', 'it is slow &amp; broken');
    const reply = await ada.says('inc-checkout', 'we rolled back', { thread: root.ts });
    await ada.edits(reply, 'we rolled back at 10:20');
    await ada.deletes(reply);
    expect(events).toMatchObject([
      {
        kind: 'message',
        text: 'it is slow & broken',
        channelName: 'inc-checkout',
        actor: { name: 'u0ada', isBot: false },
        where,
      },
      { kind: 'message', text: 'we rolled back', where: { ...where, thread: root.ts } },
      { kind: 'edited', messageId: reply.ts, text: 'we rolled back at 10:20' },
      { kind: 'deleted', messageId: reply.ts, where: { ...where, thread: root.ts } },
    ]);
  });

  it('a shared log comes with its message and can be read', async () => {
    const { adapter, events, ada } = await start();
    const content = 'ERROR pool is full\n'.repeat(5_000);
    await ada.shares('inc-checkout', { name: 'app.log', content });
    const event = last(events);
    expect(event).toMatchObject({
      kind: 'message',
      files: [{ name: 'app.log', bytes: Buffer.byteLength(content) }],
    });
    const id = event?.kind === 'message' ? event.files?.[0]?.id : undefined;
    const file = await adapter.openFile('T0HOME', id ?? '');
    const chunks: Uint8Array[] = [];
    for await (const chunk of file.content) chunks.push(chunk);
    expect(Buffer.concat(chunks).toString() === content).toBe(true);
  });

  it('a file that comes with a mention is told of beside the command', async () => {
    const { slack, events, ada } = await start();
    const { ts } = await ada.says('inc-checkout', 'it is down');
    const file = { name: 'app.log', content: 'ERROR pool is full' };
    const text = `<@${slack.workspace.botUser}> status`;
    await ada.shares('inc-checkout', file, { thread: ts, text });
    const told = events.slice(1).toSorted((one, other) => one.kind.localeCompare(other.kind));
    expect(told).toMatchObject([
      { kind: 'command', text: 'status' },
      { kind: 'message', text: '', files: [{ name: 'app.log' }] },
    ]);
    expect(told).toHaveLength(2);
  });

  it('a click is an action of its incident, in the thread that the card opens', async () => {
    const context = await start();
    const { events, where, ada } = context;
    const message = await posted(context);
    await ada.clicks(message, 'resolve');
    expect(last(events)).toMatchObject({
      kind: 'action',
      action: 'resolve',
      incidentId: 'inc_1',
      where: { ...where, thread: message.ts },
    });
    await expect.poll(() => ada.ephemerals().length).toBe(1);
    expect(message.edits).toBe(0);
  });

  it('a vote is taken at the click; a thumbs-down then asks what was wrong', async () => {
    const context = await start();
    const { events, ada } = context;
    const message = await posted(context);
    await ada.clicks(message, 'vote', 'up');
    expect(last(events)).toMatchObject({ kind: 'vote', value: 'up', incidentId: 'inc_1' });
    await ada.clicks(message, 'vote', 'down');
    expect(last(events)).toMatchObject({ kind: 'vote', value: 'down', incidentId: 'inc_1' });
    const [form] = ada.modals();
    if (!form) throw new Error('No form was opened.');
    await ada.submits(form, { category: 'Network', wrong: 'the database was fine' });
    expect(last(events)).toMatchObject({
      kind: 'action',
      action: 'correct-category',
      value: 'Network',
      fields: { wrong: 'the database was fine' },
      incidentId: 'inc_1',
    });
  });

  it('thumbs on the card count as votes, also when they are taken back', async () => {
    const context = await start();
    const { events, ada } = context;
    const message = await posted(context);
    await ada.reacts(message, '+1::skin-tone-4');
    await ada.unreacts(message, '+1::skin-tone-4');
    await ada.reacts(message, 'eyes');
    expect(events).toMatchObject([
      { kind: 'vote', value: 'up', incidentId: 'inc_1', actor: { name: 'u0ada' } },
      { kind: 'unvote', value: 'up', incidentId: 'inc_1' },
    ]);
  });

  it('the button for a wrong category opens its form', async () => {
    const context = await start();
    const message = await posted(context);
    await context.ada.clicks(message, 'wrong-category');
    expect(context.events).toEqual([]);
    expect(context.ada.modals()).toHaveLength(1);
  });

  it('shortcuts work on every message, also of alert bots', async () => {
    const { slack, events, where, ada } = await start();
    const alert = await slack.bot('Grafana').posts('inc-checkout', {
      text: '',
      attachments: [{ title: 'High latency', text: 'p99 is 4 s' }],
    });
    await ada.shortcut('triage_message', alert);
    expect(last(events)).toMatchObject({
      kind: 'command',
      isReport: true,
      text: 'High latency\np99 is 4 s',
      where: { ...where, thread: alert.ts },
    });
    await ada.shortcut('explain_message', alert);
    expect(last(events)).toMatchObject({ kind: 'command', text: 'rca' });
  });

  it('the home page shows what the product answers', async () => {
    const { events, ada } = await start(answer(CARD));
    await ada.opensHome();
    expect(last(events)).toMatchObject({ kind: 'home', actor: { id: 'U0ADA' } });
    await expect.poll(() => JSON.stringify(ada.home() ?? '')).toContain('Database incident');
  });

  it('a file that belongs to one person goes to that person', async () => {
    const file = { kind: 'file', name: 'draft.md', mediaType: 'text/markdown', text: '# Draft' };
    const card = cleanCard({
      summary: 'The draft',
      elements: [file as CleanCard['elements'][number]],
    });
    const { slack, ada } = await start(answer(card));
    await ada.command('/triage postmortem', 'inc-checkout');
    const shared = await slack.waitForMessage((message) => message.files.length > 0);
    expect(shared.files[0]?.content.toString()).toBe('# Draft');
    expect(slack.world.channels.get(shared.channel).kind).toBe('im');
  });
});

describe('what else the product hears over HTTP', () => {
  it('a channel that got another name is known by it', async () => {
    harness = await startSlack();
    const { slack, events } = harness;
    slack.channel('general');
    const ada = slack.user('U0ADA');
    await ada.says('general', 'one');
    await slack.renames('general', 'inc-checkout');
    await ada.says('inc-checkout', 'two');
    expect(events).toMatchObject([{ channelName: 'general' }, { channelName: 'inc-checkout' }]);
  });

  it('a message to us alone is a command', async () => {
    harness = await startSlack({ receive: answer() });
    const { slack, events } = harness;
    const ada = slack.user('U0ADA');
    const direct = slack.world.channels.direct('T0HOME', slack.workspace.botUser, 'U0ADA');
    await ada.says(direct.id, 'help');
    expect(events).toMatchObject([{ kind: 'command', text: 'help' }]);
    await slack.waitForMessage(({ blocks }) => readBlocks(blocks) === 'Noted.');
  });

  it('somebody of another workspace in a shared channel is not answered', async () => {
    harness = await startSlack();
    const { slack, events, logged } = harness;
    const other = slack.addWorkspace({ id: 'T0OTHER' });
    slack.channel('shared', { sharedWith: [other], members: ['U0EVE'] });
    await slack.user('U0EVE', other).says('shared', 'payments are down');
    expect(events).toEqual([]);
    expect(logged.map(({ message }) => message)).toContain(
      'Somebody of another workspace acted; it was ignored.',
    );
  });

  it('what cannot be recorded is not acknowledged, and its person is told', async () => {
    let away = true;
    harness = await startSlack({
      receive: async () => {
        if (away) throw new Error('The store is away.');
        return undefined;
      },
    });
    const { slack, events } = harness;
    slack.channel('inc-checkout');
    const ada = slack.user('U0ADA');
    const { acknowledged } = await ada.command('/triage it is down', 'inc-checkout');
    expect(acknowledged).toBe(false);
    await expect
      .poll(() => ada.ephemerals().map(({ text }) => text))
      .toEqual(['I could not note this just now. Please do it again in a minute.']);
    const said = ada.says('inc-checkout', 'it is down');
    await expect.poll(() => events.length).toBeGreaterThan(2);
    away = false;
    await said;
    expect(slack.receipts.at(-1)?.acknowledged).toBe(true);
    expect(new Set(events.slice(1).map(({ occurrence }) => occurrence)).size).toBe(1);
  });
});
