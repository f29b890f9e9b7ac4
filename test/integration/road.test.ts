import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createReceive } from '../../handlers/index.ts';
import { createShowCardProcessor } from '../../jobs/show-card.ts';
import { createSweepProcessor } from '../../jobs/sweep.ts';
import { createTriageIncidentProcessor, triageIncidentJob } from '../../jobs/triage-incident.ts';
import { loadClassifier, shippedModelFile } from '../../src/commands/model-files.ts';
import { createPostOnce, createSayGone, createShowCard } from '../../src/delivery/index.ts';
import type { Card, CardElement } from '../../src/domain/card.ts';
import type { CommandEvent, Event, MessageEvent } from '../../src/domain/event.ts';
import type { Receive } from '../../src/ports/chat-platform.ts';
import type { IncidentMemory, KnowledgeSearch } from '../../src/ports/knowledge.ts';
import type { Metrics } from '../../src/ports/metrics.ts';
import {
  CONTRACT_LADDER,
  createAnnounceChange,
  createLadder,
  createTriageIncident,
  incidentCard,
} from '../../src/triage/index.ts';
import { createFakePlatform, type FakePlatform } from '../fakes/fake-platform.ts';
import { createMemoryQueue } from '../fakes/memory-queue.ts';
import { createTestStore, storeTools, type TestStore } from '../fixtures/database.ts';

const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
const nothingKnown: KnowledgeSearch = {
  search: async () => ({ passages: [], fits: false, degraded: [] }),
  whole: async () => [],
};
const nothingRemembered: IncidentMemory = {
  remember: async () => undefined,
  forget: async () => undefined,
  similar: async () => ({ incidents: [], degraded: [] }),
};
const classifier = loadClassifier(shippedModelFile(process.cwd()));
const noMetrics: Metrics = { count() {}, gauge() {}, observe() {} };
const ada = { id: 'U1', name: 'Ada', isBot: false };
const grace = { id: 'U2', name: 'Grace', isBot: false };

let opened: TestStore;
let platform: FakePlatform;
let receive: Receive;
/** Every job that was asked for and not yet worked off, in order; equal ids once, as in the queue. */
let due: Map<string, string>;
/** Incidents whose triage was asked for with a word in the thread. */
const announced = new Set<string>();
let now: number;
let triageJob: ReturnType<typeof createTriageIncidentProcessor>;
let showCardJob: ReturnType<typeof createShowCardProcessor>;
/** A place of its own for every test, on one store. */
let channel = 0;

beforeAll(async () => {
  opened = await createTestStore();
});
afterAll(() => opened.remove());

beforeEach(() => {
  const { store } = opened;
  channel += 1;
  now = Date.parse('2026-03-01T10:00:00Z') + channel * 60_000;
  due = new Map();
  platform = createFakePlatform('slack');
  let made = 0;
  const tools = {
    ...store,
    clock: { now: () => new Date(now) },
    ids: { next: (prefix: string) => `${prefix}_${channel}_${++made}` },
    metrics: noMetrics,
  };
  const queued = (what: string) => async (id: string, because: Event) =>
    void due.set(`${what} ${because.occurrence}`, id);
  receive = createReceive({
    ...tools,
    knowledge: nothingKnown,
    memory: nothingRemembered,
    adviseOnLogs: async (result) => result,
    classifier,
    channelName: async ({ channel: id }) => `name-of-${id}`,
    isOpen: async ({ channel: id }) => !id.startsWith('private'),
    linkTo: () => undefined,
    incidentChannels: ['inc-*'],
    enqueue: {
      triage: async (id, because, how) => {
        due.set(`triage ${because.occurrence}`, id);
        if (how?.announce) announced.add(id);
      },
      showCard: queued('card'),
      escalation: queued('escalation'),
      remember: queued('remember'),
      reportDeleted: queued('deleted'),
      readFile: async (id, file, because) =>
        void due.set(`file ${because.occurrence} ${file.id}`, id),
      answer: async (question, _, because) =>
        void due.set(`answer ${because.occurrence}`, question),
      explanation: async (_about, _where, because) =>
        void due.set(`explanation ${because.occurrence}`, ''),
    },
  });
  const platformOf = (name: string) => (name === platform.name ? platform : undefined);
  const showCard = createShowCard({
    ...tools,
    platformOf,
    sayGone: createSayGone({ postOnce: createPostOnce({ ...tools, platformOf }) }),
    draw: async (incident) =>
      incidentCard(
        incident,
        await store.triages.history(incident.id),
        await store.votes.tally(incident.id),
      ),
  });
  const ladder = createLadder({
    ...tools,
    logger: silent,
    classifier,
    thresholds: CONTRACT_LADDER,
  });
  triageJob = createTriageIncidentProcessor({
    triageIncident: createTriageIncident({ ...tools, ladder }),
    showCard,
    announceChange: createAnnounceChange({
      ...store,
      postOnce: createPostOnce({ ...tools, platformOf: () => platform }),
    }),
    enqueueEscalation: async ({ incidentId }) => void due.set('escalation', incidentId),
  });
  showCardJob = createShowCardProcessor({ showCard });
});

const context = { id: 'j', attempt: 1, signal: new AbortController().signal };

async function work(): Promise<void> {
  for (const [name, incidentId] of [...due]) {
    due.delete(name);
    if (name.startsWith('triage')) {
      await triageJob({ incidentId, announce: announced.has(incidentId) }, context);
    }
    if (name.startsWith('card')) await showCardJob({ incidentId }, context);
  }
}

function where(thread?: string) {
  return {
    platform: 'slack' as const,
    workspace: 'T',
    channel: `C${channel}`,
    ...(thread === undefined ? {} : { thread }),
  };
}

function command(text: string, occurrence = 'cmd1', thread?: string): CommandEvent {
  const at = new Date(now).toISOString();
  return { kind: 'command', occurrence, where: where(thread), actor: ada, at, text };
}

function message(text: string, messageId: string, thread?: string): MessageEvent {
  return {
    kind: 'message',
    occurrence: messageId,
    where: where(thread),
    actor: ada,
    at: new Date(now).toISOString(),
    messageId,
    channelName: 'inc-checkout',
    text,
  };
}

function vote(incidentId: string, value: 'up' | 'down', occurrence: string, actor = ada): Event {
  const at = new Date(now).toISOString();
  return { kind: 'vote', occurrence, where: where('m1'), actor, at, incidentId, value };
}

function action(incidentId: string, name: string, occurrence: string, value?: string): Event {
  return {
    kind: 'action',
    occurrence,
    where: where('m1'),
    actor: ada,
    at: new Date(now).toISOString(),
    incidentId,
    action: name,
    ...(value === undefined ? {} : { value }),
  };
}

function element<Kind extends CardElement['kind']>(card: Card | undefined, kind: Kind) {
  return card?.elements.find((one) => one.kind === kind) as
    | Extract<CardElement, { kind: Kind }>
    | undefined;
}

async function triaged(text = 'postgres deadlock, database is down'): Promise<string> {
  await receive(command(text));
  await work();
  const card = platform.messages()[0]?.card;
  if (!card?.incidentId) throw new Error('No card was posted.');
  return card.incidentId;
}

describe('a command', () => {
  it('is acknowledged, becomes one incident and one card in the channel', async () => {
    const reply = await receive(command('postgres deadlock, database is down'));
    expect(reply?.card.summary).toBe('On it. The card comes here.');
    await work();
    const [posted, ...others] = platform.messages();
    expect(others).toEqual([]);
    expect(posted?.ref).toMatchObject(where());
    expect(element(posted?.card, 'header')?.text).toBe('Database incident, high severity');
    expect(element(posted?.card, 'confidence')?.probability).toBeGreaterThan(0.5);
  });

  it('that says next to nothing gets a card that says how unsure it is', async () => {
    await receive(command('something is odd'));
    await work();
    expect(element(platform.messages()[0]?.card, 'notice')?.tone).toBe('warning');
  });

  it('delivered twice is still one incident, one job and one card', async () => {
    await receive(command('dns is down'));
    const again = await receive(command('dns is down'));
    expect(again?.card.summary).toBe('Already on it. The card is here.');
    expect(due.size).toBe(1);
    await work();
    await receive(command('dns is down'));
    await work();
    expect(platform.messages()).toHaveLength(1);
  });

  it('said again by another person joins the open incident, and by the same person is a new one', async () => {
    await receive(command('dns is down'));
    await work();
    const other = { id: 'U_other', name: 'Grace', isBot: false };
    const joined = await receive({ ...command('dns is down', 'cmd2'), actor: other });
    expect(joined?.card.summary).toContain('reported this already');
    await work();
    expect(platform.messages()).toHaveLength(1);
    await receive(command('dns is down', 'cmd3'));
    await work();
    expect(platform.messages()).toHaveLength(2);
  });

  it('whose enqueueing was cut off is put right by its retry', async () => {
    await receive(command('dns is down'));
    due.clear();
    await receive(command('dns is down'));
    await work();
    expect(platform.messages()).toHaveLength(1);
  });

  it('without a word, or asking for help, explains itself and records nothing', async () => {
    for (const text of ['', '  ', 'help']) {
      const reply = await receive(command(text, `cmd-${text}`));
      expect(reply?.card.summary).toBe('Say /triage and what is wrong.');
    }
    expect(due.size).toBe(0);
  });

  it('with a secret in it shows a placeholder on the card and keeps the rest', async () => {
    await receive(command('postgres is down, password=hunter2hunter2 does not work any more'));
    await work();
    const shown = JSON.stringify(platform.messages()[0]?.card);
    expect(shown).not.toContain('hunter2hunter2');
    expect(shown).toContain('postgres is down');
  });

  it('that only begins like a sub-command is a report', async () => {
    await receive(command('status page is down for customers'));
    await work();
    expect(platform.messages()).toHaveLength(1);
  });
});

describe('a message', () => {
  it('in an incident channel is a report, answered in its thread', async () => {
    await receive(message('checkout is slow, cpu saturated', '171.5'));
    await work();
    expect(platform.messages()[0]?.ref.thread).toBe('171.5');
  });

  it('elsewhere, empty, or that reports nothing is not for us', async () => {
    await receive({ ...message('checkout is failing', '1.1'), channelName: 'random' });
    await receive(message('   ', '1.2'));
    await receive(message('good morning, I am on call today', '1.3'));
    expect(due.size).toBe(0);
  });

  it('of a monitor is a report, in its thread it is not read, and over is over', async () => {
    const monitor = { id: 'B1', name: 'Alertmanager', isBot: true };
    const alert = '[FIRING:1] HighErrorRate checkout value 7.3';
    await receive({ ...message(alert, '2.1'), actor: monitor });
    await receive({ ...message('still firing', '2.2', '2.1'), actor: monitor });
    await receive({ ...message(alert.replace('FIRING', 'RESOLVED'), '2.3'), actor: monitor });
    expect([...due.keys()]).toEqual(['triage 2.1', 'card 2.3', 'remember 2.3']);
    await work();
    expect(element(platform.messages()[0]?.card, 'header')?.text).toMatch(/^Resolved: /);
    // A late repeat does not end what people have opened again.
    const [incident] = await opened.store.incidents.list({ status: 'resolved', limit: 1 });
    await opened.store.incidents.setStatus(String(incident?.id), 'open', ada, new Date(now));
    await receive({ ...message(alert.replace('FIRING', 'RESOLVED'), '2.3'), actor: monitor });
    expect((await opened.store.incidents.byId(String(incident?.id)))?.status).toBe('open');
  });

  it('of a monitor about another machine does not end the incident', async () => {
    const monitor = { id: 'B1', name: 'Alertmanager', isBot: true };
    await receive({ ...message('Triggered: CPU is high on web-1', '2.1'), actor: monitor });
    await receive({ ...message('Recovered: CPU is high on web-2', '2.2'), actor: monitor });
    await receive({
      ...message('Recovered: CPU is high on web-1', '2.3'),
      actor: { ...monitor, id: 'B2' },
    });
    expect([...due.keys()]).toEqual(['triage 2.1']);
  });

  it('of a monitor whose alert comes back at once goes on in its incident', async () => {
    const monitor = { id: 'B1', name: 'Alertmanager', isBot: true };
    const says = (text: string, id: string) => receive({ ...message(text, id), actor: monitor });
    await says('[FIRING:1] HighErrorRate checkout\nvalue 7.3', '2.1');
    await says('[RESOLVED] HighErrorRate checkout\nvalue 0.1', '2.2');
    await says('[FIRING:1] HighErrorRate checkout\nrate 9.9', '2.3');
    await says('[FIRING:1] HighErrorRate checkout\nrate 9.9', '2.3');
    await work();
    expect(platform.messages()).toHaveLength(1);
    expect(element(platform.messages()[0]?.card, 'header')?.text).not.toMatch(/^Resolved: /);
  });

  it('of a monitor that says the same again is no second incident', async () => {
    const monitor = { id: 'B1', name: 'Alertmanager', isBot: true };
    for (const [id, value] of [
      ['3.1', '7.3'],
      ['3.2', '9.9'],
    ] as const) {
      const text = `[FIRING:1] HighErrorRate checkout value ${value}`;
      await receive({ ...message(text, id), actor: monitor });
      await work();
    }
    expect(platform.messages()).toHaveLength(1);
  });

  it('in a channel that is watched is a report, in one that is off nothing is', async () => {
    const random = {
      ...message('checkout fails for every customer', '4.1'),
      channelName: 'random',
    };
    await receive(command('watch', 'w1'));
    await receive(random);
    expect([...due.keys()]).toEqual(['triage 4.1']);
    due.clear();
    await receive(command('off', 'w2'));
    await receive({ ...random, messageId: '4.2', occurrence: '4.2' });
    expect(due.size).toBe(0);
  });

  it('in the thread is evidence: the card changes in place when the verdict does', async () => {
    await receive(message('checkout fails somehow, customers get an error', '171.5'));
    await work();
    await receive(message('postgres deadlock, replica lag, slow query', '171.6', '171.5'));
    await work();
    const [posted, ...others] = platform.messages();
    expect(others).toEqual([]);
    expect(element(posted?.card, 'header')?.text).toContain('Database');
    expect(posted?.edits).toBe(1);
  });

  it('in the thread that changes nothing leaves the card alone', async () => {
    await receive(message('postgres deadlock, database is down', '171.5'));
    await work();
    await receive(message('thanks, looking', '171.6', '171.5'));
    await work();
    expect(platform.messages()[0]?.edits).toBe(0);
  });

  it('with files in the thread has each read once, with words or without', async () => {
    const file = (id: string) => ({ id, name: 'app.log', mediaType: 'text/plain', bytes: 9 });
    await receive(message('postgres deadlock, database is down', '171.5'));
    await work();
    const bare = { ...message('', '171.6', '171.5'), files: [file('F1'), file('F2')] };
    await receive(bare);
    await receive(bare);
    expect([...due.keys()]).toEqual(['file 171.6 F1', 'file 171.6 F2']);
    due.clear();
    await receive({ ...message('the log of it', '171.7', '171.5'), files: [file('F3')] });
    expect([...due.keys()]).toEqual(['file 171.7 F3', 'triage 171.7']);
  });

  it('in a verbose channel is answered in the thread when it changes the verdict', async () => {
    await receive(command('verbose', 'v1'));
    await receive(message('checkout has been failing for some customers since ten', '171.7'));
    await work();
    await receive(message('postgres deadlock, replica lag, slow query', '171.8', '171.7'));
    await work();
    await work();
    const told = platform.messages().slice(1);
    expect(told).toHaveLength(1);
    expect(told[0]?.ref.thread).toBe('171.7');
    expect(told[0]?.card.summary).toMatch(/^I changed my mind.*, it was /);
  });

  it('in a thread without an incident is not for us', async () => {
    const files = [{ id: 'F1', name: 'app.log', mediaType: 'text/plain', bytes: 9 }];
    await receive({ ...message('', '9.3', '9.1'), files });
    await receive(message('lunch?', '9.2', '9.1'));
    expect(due.size).toBe(0);
  });
});

describe('a vote', () => {
  it('is counted on the card, can be changed, and is one a person', async () => {
    const id = await triaged();
    await receive(vote(id, 'up', 'v1'));
    await receive(vote(id, 'up', 'v2', grace));
    await receive(vote(id, 'down', 'v3'));
    await work();
    expect(element(platform.messages()[0]?.card, 'vote')).toMatchObject({ up: 1, down: 1 });
  });

  it('that was changed is not changed back by the late retry of the first click', async () => {
    const id = await triaged();
    await receive(vote(id, 'up', 'v1'));
    await receive(vote(id, 'down', 'v2'));
    const late = await receive(vote(id, 'up', 'v1'));
    expect(late?.card.summary).toBe('Noted already.');
    expect(await opened.store.votes.tally(id)).toEqual({ up: 0, down: 1 });
  });

  it('down asks its voter what was right, and keeps the answer', async () => {
    const id = await triaged();
    const reply = await receive(vote(id, 'down', 'v1'));
    const asked = element(reply?.card, 'choices');
    expect(asked?.options.map((option) => option.value)).toContain('Network');
    await receive(action(id, asked?.action ?? '', 'a1', 'Network'));
    expect(await opened.store.votes.ofIncident(id)).toMatchObject([
      { value: 'down', correction: 'Network' },
    ]);
  });

  it('for an incident of another channel has no effect', async () => {
    const id = await triaged();
    channel += 1;
    const reply = await receive(vote(id, 'up', 'v1'));
    expect(reply?.card.summary).toBe('I do not know this incident.');
    expect(await opened.store.votes.tally(id)).toEqual({ up: 0, down: 0 });
  });

  it('with a made-up category has no effect', async () => {
    const id = await triaged();
    const reply = await receive(action(id, 'correct-category', 'a1', 'Weather'));
    expect(reply?.card.summary).toMatch(/^Pick one of Network/);
    expect(await opened.store.votes.ofIncident(id)).toEqual([]);
  });
});

describe('resolving', () => {
  it('by button or in the thread shows on the card and can be undone', async () => {
    const id = await triaged();
    await receive(action(id, 'resolve', 'a1'));
    await work();
    expect(element(platform.messages()[0]?.card, 'header')?.text).toMatch(/^Resolved: /);
    await receive(action(id, 'reopen', 'a2'));
    await work();
    expect(element(platform.messages()[0]?.card, 'header')?.text).not.toMatch(/^Resolved/);
    await receive(command('resolve', 'cmd2', 'm1'));
    await work();
    expect(element(platform.messages()[0]?.card, 'header')?.text).toMatch(/^Resolved: /);
  });

  it('where there is no incident says where to do it', async () => {
    const reply = await receive(command('resolve'));
    expect(reply?.card.summary).toBe('There is no open incident in this channel.');
  });
});

describe('status', () => {
  it('lists what is open with its verdict', async () => {
    await triaged('raid degraded, disk broken');
    const reply = await receive(command('status', 'cmd2'));
    expect(element(reply?.card, 'sources')?.sources[0]).toEqual({
      title: expect.stringMatching(
        new RegExp(`^(Critical|High|Medium), Hardware in #name-of-C${channel}, open for `),
      ),
      quote: 'raid degraded, disk broken',
    });
  });
});

describe('posting', () => {
  it('whose outcome is unknown is looked up before anything is posted again', async () => {
    await receive(command('dns is down'));
    platform.failNext('post', 'after');
    await expect(work()).rejects.toMatchObject({ code: 'unavailable' });
    await receive(command('dns is down'));
    await work();
    expect(platform.messages()).toHaveLength(1);
    expect(platform.calls().map((call) => call.operation)).toEqual([
      'post',
      'findDelivery',
      'edit',
    ]);
  });

  it('that never arrived is done again', async () => {
    await receive(command('dns is down'));
    platform.failNext('post', 'before');
    await expect(work()).rejects.toMatchObject({ retryable: true });
    await receive(command('dns is down'));
    await work();
    expect(platform.messages()).toHaveLength(1);
  });

  it('is never done by two at once', async () => {
    await receive(command('dns is down'));
    const [incidentId = ''] = due.values();
    const letGo = platform.hold();
    const both = [triageJob({ incidentId }, context), triageJob({ incidentId }, context)];
    const outcomes = Promise.allSettled(both);
    letGo();
    const refused = (await outcomes).filter((outcome) => outcome.status === 'rejected');
    for (const outcome of refused) {
      expect(outcome.reason).toMatchObject({ code: 'busy', retryable: true });
    }
    expect(platform.messages()).toHaveLength(1);
  });

  it('merges a burst of changes into the last state', async () => {
    const id = await triaged();
    for (let i = 0; i < 10; i++) {
      await receive(vote(id, 'up', `v${i}`, { ...ada, id: `U${i}` }));
    }
    await work();
    expect(platform.messages()[0]?.edits).toBe(1);
    expect(element(platform.messages()[0]?.card, 'vote')?.up).toBe(10);
  });
});

describe('the sweep', () => {
  it('puts an incident back on the road whose job was lost, and leaves shown ones alone', async () => {
    await triaged();
    await receive(command('dns is down', 'cmd2'));
    due.clear();
    now += 60_000;
    const memory = createMemoryQueue();
    const sweep = createSweepProcessor({
      ...opened.store,
      queue: memory.open().queue,
      clock: { now: () => new Date(now) },
      logger: storeTools.logger,
    });
    await sweep({}, context);
    await sweep({}, context);
    const ours = memory
      .jobs()
      .filter((job) => JSON.stringify(job.payload).includes(`_${channel}_`));
    expect(ours.map((job) => job.job)).toEqual([triageIncidentJob.name]);
    memory.close();
  });
});

afterEach(async () => {
  // Sweeps of later tests would find what this one left behind.
  for (const incident of await opened.store.incidents.listBehind(new Date('2100-01-01'), 1_000)) {
    await opened.store.incidents.markShown(incident.id, incident.revision, 'gone');
  }
});
