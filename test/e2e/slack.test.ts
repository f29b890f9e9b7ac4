import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/domain/commands.ts';
import type { Outcome } from '../fakes/slack/delivery/delivery.ts';
import type { Person } from '../fakes/slack/people/actors.ts';
import type { Hostile } from '../fakes/slack/people/hostile.ts';
import type { Message } from '../fakes/slack/world/records.ts';
import { type StartedInSlack, shown, startInSlack } from './slack-harness.ts';

const NOT_SIGNED = 'A request that Slack did not sign was refused.';
const REPLAYED = 'A request that was taken before came again; it was ignored.';
const REPORT = 'postgres deadlock on orders, replica lag is growing and every query times out';

let started: StartedInSlack;
let ada: Person;
afterEach(() => started?.slack.faults.stop());
afterAll(() => started?.stop());

/** A channel of its own for each test: Slack takes one message a second in each. */
let channels = 0;
function channel(prefix = 'team'): string {
  channels += 1;
  const name = `${prefix}-${channels}`;
  started.slack.channel(name, { members: [ada.id] });
  return name;
}

/** What we posted in a channel and its threads. */
const ours = (name: string): Message[] =>
  started.slack.messages(name).filter(({ metadata }) => metadata !== undefined);

function seen(name: string, words: RegExp | string, thread?: string): Promise<Message> {
  return started.slack.until(() =>
    started.slack
      .messages(name)
      .find(
        (message) =>
          message.botId !== undefined &&
          (thread === undefined || message.threadTs === thread) &&
          (typeof words === 'string'
            ? `${message.text} ${JSON.stringify(message.blocks)}`.includes(words)
            : words.test(shown(message))),
      ),
  );
}

/** What only the person is told next. */
async function told(act: () => Promise<unknown>, person: Person = ada): Promise<string> {
  const before = person.ephemerals().length;
  await act();
  const said = await started.slack.until(() => person.ephemerals()[before]);
  return shown(said);
}

async function incidentIn(name: string, text = REPORT): Promise<Message> {
  expect(await told(() => ada.command(`/triage ${text}`, name))).toMatch(/n it\./);
  return seen(name, /incident, (critical|high|medium|low) severity/);
}

describe('Slack over HTTP', () => {
  beforeAll(async () => {
    started = await startInSlack();
    ada = started.slack.user('U0ADA');
  });

  it('a report becomes one card, also when Slack tells of it again and under another id', async () => {
    const { slack } = started;
    const name = channel('inc');
    slack.faults.deliveries.retried = 1;
    slack.faults.deliveries.duplicated = 1;
    const said = await ada.says(name, REPORT);
    slack.faults.stop();
    await slack.idle();
    await seen(name, /^Database incident, /, said.ts);
    const told = slack.receipts.flatMap(({ attempts }) => attempts);
    expect(told.length).toBeGreaterThan(2);
    expect(ours(name)).toHaveLength(1);
  });

  describe('every sub-command', () => {
    const answers: Record<string, RegExp> = {
      help: /Say \/triage and what is wrong/,
      status: /open incident/,
      'ask what do I do about a deadlock?': /Looking it up/,
      'search deadlock in postgres': /deadlock/i,
      'logs 2026-03-01T10:00:00Z ERROR pool is full\n2026-03-01T10:00:01Z ERROR pool is full':
        /Log analysis/,
      rca: /plain words/,
      similar: /remember no incident|Past incidents/,
      escalate: /second opinion/,
      catchup: /./,
      postmortem: /postmortem/i,
      'oncall <@U0GRACE|grace>': /Noted/,
      watch: /Watching/,
      quiet: /Quiet here/,
      verbose: /From now on/,
      off: /Off here/,
      'resolve restarted the pooler': /Resolved/,
    };
    let name: string;

    it('is tried here', () => {
      const tried = Object.keys(answers).map((line) => line.split(' ')[0]);
      expect(tried.toSorted()).toEqual(COMMANDS.map((command) => command.name).toSorted());
    });

    it.each(Object.entries(answers))('/triage %s', async (line, answer) => {
      if (name === undefined) {
        name = channel();
        started.slack.user('U0GRACE');
        await incidentIn(name);
      }
      expect(await told(() => ada.command(`/triage ${line}`, name))).toMatch(answer);
    });

    it('leaves what it promised', async () => {
      const { slack } = started;
      await seen(name, /^Resolved: Database incident/);
      const status = ada.ephemerals().find((each) => shown(each).includes('open incident'));
      expect(JSON.stringify(status?.blocks)).toContain(`#${name}`);
      await seen(name, 'For leadership');
      await slack.waitForMessage(({ files }) =>
        files.some((file) => /^postmortem-/.test(file.name)),
      );
      await slack.waitForMessage(({ files }) =>
        files.some((file) => file.name === 'log-analysis.json'),
      );
    });
  });

  it('a word that is nearly a command gets the nearest one', async () => {
    expect(await told(() => ada.command('/triage statsu', channel()))).toContain('/triage status');
  });

  it('the form reports what it was filled in with', async () => {
    const name = channel();
    await ada.command('/triage', name);
    const form = await started.slack.until(() => ada.modals().at(-1));
    await ada.submits(form, { what: REPORT, service: 'orders', logs: 'ERROR deadlock detected' });
    expect(shown(await seen(name, 'Database incident'))).toContain('postgres deadlock');
  });

  it('a message becomes an incident by its menu, and is explained by it', async () => {
    const name = channel();
    const said = await ada.says(name, REPORT);
    expect(started.slack.messages(name)).toHaveLength(1);
    await ada.shortcut('triage_message', said);
    await seen(name, 'Database incident', said.ts);
    await ada.shortcut('explain_message', said);
    await seen(name, 'For leadership', said.ts);
  });

  it('a report in an incident channel is answered in its thread, where a mention commands', async () => {
    const { slack } = started;
    const name = channel('inc');
    const said = await ada.says(name, REPORT);
    await seen(name, 'Database incident', said.ts);
    const bot = slack.workspace.botUser;
    const sentence = await told(() =>
      ada.says(name, `<@${bot}> resolve killed the migration`, { thread: said.ts }),
    );
    expect(sentence).toContain('Resolved.');
    const card = await seen(name, /^Resolved: /, said.ts);
    expect(shown(card)).toContain('killed the migration');
    await ada.says(name, 'thanks everybody', { thread: said.ts });
    await ada.says(name, 'lunch?');
    await slack.idle();
    expect(ours(name)).toHaveLength(1);
  });

  it('an alert in attachments is read whole, and its repeat is no second incident', async () => {
    const { slack } = started;
    const name = channel('alerts');
    const alert = {
      attachments: [
        {
          title: '[FIRING:1] PostgresReplicationLag orders',
          text: 'replica lag is 420 s, deadlocks in postgres, connections exhausted',
          fields: [{ title: 'severity', value: 'critical' }],
        },
      ],
    };
    const bot = slack.bot('Alertmanager');
    const first = await bot.posts(name, alert);
    const card = await seen(name, 'Database incident', first.ts);
    expect(shown(card)).toContain('PostgresReplicationLag');
    await bot.posts(name, alert);
    await slack.idle();
    expect(ours(name)).toHaveLength(1);
  });

  it('votes count at the click and as thumbs, one a person, and a thumbs-down asks what was right', async () => {
    const { slack } = started;
    const name = channel();
    const grace = slack.user('U0GRACE');
    slack.world.channels.get(name).members.add(grace.id);
    const card = await incidentIn(name);
    const votes = (words: string) => seen(name, words);
    await ada.clicks(card, 'vote', 'up');
    await votes('Helped (1)');
    await grace.reacts(card, '+1');
    await votes('Helped (2)');
    await grace.unreacts(card, '+1');
    await ada.clicks(card, 'vote', 'down');
    await votes('Wrong (1)');
    const form = await slack.until(() => ada.modals().at(-1));
    await ada.submits(form, { category: 'Network', wrong: 'a switch was unplugged' });
    await slack.until(() => ada.ephemerals().some((each) => shown(each).includes('Network')));
  });

  it('what fixed one incident is found for the next', async () => {
    const name = channel();
    await incidentIn(name, `${REPORT} after migration 4711`);
    await told(() => ada.command('/triage resolve dropped the lock of migration 4711', name));
    await seen(name, /^Resolved: /);
    const again = channel();
    await incidentIn(again, `${REPORT} after migration 4711 once more`);
    await expect
      .poll(() => told(() => ada.command('/triage similar', again)), { timeout: 10_000 })
      .toContain('dropped the lock of migration 4711');
    const [similar] = ada.ephemerals().slice(-1);
    expect(JSON.stringify(similar?.blocks)).toContain('/archives/');
  });

  it('whom to call is known by the name of the channel', async () => {
    const name = channel('oncall');
    const card = await incidentIn(name);
    await told(() => ada.command('/triage escalate', name));
    const call = await seen(name, 'please take a look', card.ts);
    expect(JSON.stringify(call.blocks)).toContain('"user_id":"U0GRACE"');
  });

  it('a channel is watched, or off, as it was told', async () => {
    const { slack } = started;
    const name = channel();
    await told(() => ada.command('/triage watch', name));
    const said = await ada.says(name, REPORT);
    await seen(name, 'Database incident', said.ts);
    await told(() => ada.command('/triage off', name));
    await ada.says(name, `${REPORT} again`);
    await slack.idle();
    expect(ours(name)).toHaveLength(1);
  });

  it('a log shared in the thread is analysed there and read as evidence', async () => {
    const { slack } = started;
    const name = channel('inc');
    const said = await ada.says(name, 'checkout is down, customers get errors since 10:05');
    await seen(name, /incident, \w+ severity/, said.ts);
    const line = (at: number) =>
      `2026-03-01T10:${String(10 + Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}Z`;
    const content = Array.from({ length: 600 }, (_, at) =>
      at > 400
        ? `${line(at)} ERROR postgres: deadlock detected, database connections exhausted for ada@example.com`
        : `${line(at)} INFO request served in ${at} ms`,
    ).join('\n');
    await ada.shares(name, { name: 'app.log', content }, { thread: said.ts });
    const analysis = await seen(name, 'Log analysis: app.log', said.ts);
    expect(shown(analysis)).not.toContain('ada@example.com');
    const file = await slack.waitForMessage(
      ({ files, threadTs }) => threadTs === said.ts && files[0]?.name === 'log-analysis.json',
    );
    expect(JSON.parse(String(file.files[0]?.content)).lines.total).toBe(600);
    const bot = slack.workspace.botUser;
    const soFar = await told(() => ada.says(name, `<@${bot}> catchup`, { thread: said.ts }));
    expect(soFar).toContain('deadlock detected');
    await seen(name, 'Database incident', said.ts);
    await ada.shares(name, { name: 'core.zip', content: 'PK' }, { thread: said.ts });
    await seen(name, 'core.zip: ', said.ts);
    expect(ours(name).filter((each) => shown(each).startsWith('Log analysis'))).toHaveLength(1);
  });

  it('a card that was deleted is missed once, in the channel', async () => {
    const { slack } = started;
    const name = channel();
    const card = await incidentIn(name);
    slack.world.messages.remove(card);
    await ada.clicks(card, 'vote', 'up');
    await seen(name, 'was deleted. The incident stays open');
    const tried = slack.calls('chat.update').length;
    await slack.user('U0GRACE').clicks(card, 'vote', 'up');
    await expect.poll(() => slack.calls('chat.update').length).toBeGreaterThan(tried);
    await slack.idle();
    expect(ours(name)).toHaveLength(1);
  });

  it('so is the message that a thread hangs on', async () => {
    const name = channel('inc');
    const said = await ada.says(name, REPORT);
    await seen(name, 'Database incident', said.ts);
    await ada.deletes(said);
    await seen(name, 'was deleted. The incident stays open');
  });

  it('the home page shows what is open', async () => {
    await ada.opensHome();
    const home = await started.slack.until(() => ada.home());
    expect(JSON.stringify(home)).toContain('Open incidents');
  });

  const refused: [string, (hostile: Hostile) => Promise<Outcome>, number, string][] = [
    ['a wrong signature', (h) => h.wrongSignature(), 401, NOT_SIGNED],
    ['a stale timestamp', (h) => h.staleTimestamp(), 401, NOT_SIGNED],
    ['10 MB of JSON', (h) => h.hugeJson(), 413, 'A request with too large a body was refused.'],
    ['broken JSON', (h) => h.brokenJson(), 400, 'A request with a broken body was refused.'],
    ['an unknown event', (h) => h.unknownEventType(), 200, 'of a kind that is not for us'],
    ['a foreign workspace', (h) => h.foreignWorkspace(), 200, 'has not installed Sitrep'],
  ];

  it.each(refused)(
    '%s has no effect and one line in the log',
    async (_what, send, status, line) => {
      const { slack, logged } = started;
      const before = { lines: logged(line), messages: slack.posted().length };
      expect((await send(slack.hostile)).status).toBe(status);
      await expect.poll(() => logged(line)).toBe(before.lines + 1);
      await slack.idle();
      expect(slack.posted()).toHaveLength(before.messages);
    },
  );

  it('a replay has no effect and one line in the log', async () => {
    const { slack, logged } = started;
    const name = channel();
    const receipt = await ada.command(`/triage ${REPORT}`, name);
    await seen(name, 'Database incident');
    const before = logged(REPLAYED);
    expect((await slack.hostile.replay(receipt)).status).toBe(200);
    await expect.poll(() => logged(REPLAYED)).toBe(before + 1);
    expect(ours(name)).toHaveLength(1);
  });

  it('a token that was taken away leaves the product up, and its health says so', async () => {
    const { slack, product, logged } = started;
    await slack.uninstalls(slack.workspace);
    await expect.poll(() => logged('Slack says that Sitrep was uninstalled')).toBeGreaterThan(0);
    const health = await fetch(`${product.address}/healthz`);
    expect(await health.text()).toContain('install the app again');
  });
});

describe('Slack over Socket Mode', () => {
  beforeAll(async () => {
    await started.stop();
    started = await startInSlack({ socket: true });
    ada = started.slack.user('U0ADA');
  });

  it('the whole road: report, evidence, vote, form, shortcut, home, resolved', async () => {
    const { slack } = started;
    const name = channel('inc');
    const said = await ada.says(name, 'checkout is down, customers get errors since 10:05');
    const card = await seen(name, /incident, \w+ severity/, said.ts);
    await ada.says(name, REPORT, { thread: said.ts });
    await seen(name, 'Database incident', said.ts);
    await ada.clicks(card, 'vote', 'up');
    await seen(name, 'Helped (1)', said.ts);
    await ada.clicks(card, 'wrong-category');
    const form = await slack.until(() => ada.modals().at(-1));
    await ada.submits(form, { category: 'Network' });
    await ada.shortcut('explain_message', said);
    await seen(name, 'For leadership', said.ts);
    await ada.opensHome();
    await slack.until(() => ada.home());
    await ada.clicks(card, 'resolve');
    await seen(name, /^Resolved: /, said.ts);
    await incidentIn(channel());
    await slack.idle();
    expect(slack.receipts.every(({ acknowledged }) => acknowledged)).toBe(true);
    expect(slack.receipts.flatMap(({ attempts }) => attempts).length).toBe(slack.receipts.length);
  });
});
