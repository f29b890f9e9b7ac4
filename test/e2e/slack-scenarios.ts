import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/domain/commands.ts';
import type { FakeSlack } from '../fakes/slack/index.ts';
import type { Person } from '../fakes/slack/people/actors.ts';
import { shown } from './slack-harness.ts';
import { createStage, REPORT, VERDICT } from './slack-stage.ts';

/** What follows `/triage`, and what its sender is told. In this order: the last one ends the incident. */
const COMMAND_LINES: [line: string, answer: RegExp][] = [
  ['help', /Say \/triage and what is wrong/],
  ['status', /open incident/],
  ['ask what do I do about a deadlock?', /Looking it up/],
  ['search deadlock in postgres', /deadlock/i],
  [
    'logs 2026-03-01T10:00:00Z ERROR pool is full\n2026-03-01T10:00:01Z ERROR pool is full',
    /Log analysis/,
  ],
  ['rca', /plain words/],
  ['similar', /remember no incident|Past incidents/],
  ['escalate', /second opinion/],
  ['catchup', /incident, \w+ severity, open for/],
  ['postmortem', /postmortem/i],
  ['oncall <@U0GRACE|grace>', /Noted/],
  ['watch', /Watching/],
  ['quiet', /Quiet here/],
  ['verbose', /From now on/],
  ['off', /Off here/],
  ['resolve restarted the pooler', /Resolved/],
];

/** All that people do in Slack; the same however Slack is connected. */
export function describeScenarios(slack: () => FakeSlack): void {
  const { channel, person, seen, told, ours, incidentIn, direct } = createStage(slack);

  it('a report becomes one card, also when Slack tells of it again and under another id', async () => {
    const ada = person();
    const name = channel([ada], 'inc');
    const { faults } = slack();
    faults.deliveries.retried = 1;
    faults.deliveries.duplicated = 1;
    const said = await ada.says(name, REPORT);
    faults.stop();
    await slack().idle();
    await seen(name, /^Database incident, /, said.ts);
    expect(slack().receipts.flatMap(({ attempts }) => attempts).length).toBeGreaterThan(2);
    expect(ours(name)).toHaveLength(1);
  });

  it('words take the place of a form that Slack does not open in time', async () => {
    const ada = person();
    const name = channel([ada]);
    slack().faults.next('views.open', { kind: 'error', error: 'expired_trigger_id' });
    expect(await told(ada, () => ada.command('/triage', name))).toContain(
      'did not open the form in time',
    );
    expect(ada.modals()).toEqual([]);
  });

  describe.concurrent('commands', () => {
    it('each sub-command is tried here', () => {
      const tried = COMMAND_LINES.map(([line]) => line.split(' ')[0]);
      expect(tried.toSorted()).toEqual(COMMANDS.map((command) => command.name).toSorted());
    });

    it('each sub-command answers at once and leaves what it promised', async () => {
      const ada = person();
      const name = channel([ada]);
      slack().user('U0GRACE');
      await incidentIn(name, ada);
      for (const [line, answer] of COMMAND_LINES) {
        const asks = () => told(ada, () => ada.command(`/triage ${line}`, name));
        let said = await asks();
        // While the library is made, right after the start.
        while (said.includes('ask again in a moment')) said = await asks();
        expect(said, `/triage ${line}`).toMatch(answer);
      }
      await seen(name, /^Resolved: Database incident/);
      const status = ada.ephemerals().find((each) => shown(each).includes('open incident'));
      expect(JSON.stringify(status?.blocks)).toContain(`#${name}`);
      await seen(name, 'For leadership');
      const files = async (start: string) =>
        slack().waitForMessage(({ files: all }) => all.some((file) => file.name.startsWith(start)));
      await files('postmortem-');
      await files('log-analysis.json');
    });

    it('a word that is nearly a command gets the nearest one', async () => {
      const ada = person();
      const sentence = await told(ada, () => ada.command('/triage statsu', channel([ada])));
      expect(sentence).toContain('/triage status');
    });

    it('a mention commands in a thread, where Slack has no slash commands', async () => {
      const ada = person();
      const name = channel([ada], 'inc');
      const said = await ada.says(name, REPORT);
      await seen(name, 'Database incident', said.ts);
      const bot = `<@${slack().workspace.botUser}>`;
      const sentence = await told(ada, () =>
        ada.says(name, `${bot} resolve killed the migration`, { thread: said.ts }),
      );
      expect(sentence).toContain('Resolved.');
      expect(shown(await seen(name, /^Resolved: /, said.ts))).toContain('killed the migration');
      const before = ada.ephemerals().length;
      await ada.says(name, `${bot} thanks, great work!`, { thread: said.ts });
      await slack().idle();
      expect(ada.ephemerals()).toHaveLength(before);
      await ada.says(name, `${bot} thanks, the pooler was the culprit`, { thread: said.ts });
      await ada.says(name, 'thanks everybody', { thread: said.ts });
      await ada.says(name, 'lunch?');
      await slack().idle();
      expect(ours(name)).toHaveLength(1);
    });

    it('whatever is said to it alone is meant for it', async () => {
      const ada = person();
      const name = direct(ada);
      const thanks = await ada.says(name, 'thanks!');
      await seen(name, 'Say in a few more words', thanks.ts);
      const asked = await ada.says(name, 'help');
      await seen(name, 'Say ', asked.ts);
      const said = await ada.says(name, REPORT);
      await seen(name, 'Database incident', said.ts);
      await ada.says(name, 'resolve restarted the pooler', { thread: said.ts });
      await seen(name, /^Resolved: /, said.ts);
    });

    it('whom to call is known by the name of the channel', async () => {
      const ada = person();
      slack().user('U0GRACE');
      const name = channel([ada], 'oncall');
      const card = await incidentIn(name, ada);
      await told(ada, () => ada.command('/triage escalate', name));
      const call = await seen(name, 'please take a look', card.ts);
      expect(JSON.stringify(call.blocks)).toContain('"user_id":"U0GRACE"');
    });

    it('what fixed one incident is found for the next', async ({ expect }) => {
      const ada = person();
      const name = channel([ada]);
      await incidentIn(name, ada, `${REPORT} after migration 4711`);
      await told(ada, () =>
        ada.command('/triage resolve dropped the lock of migration 4711', name),
      );
      await seen(name, /^Resolved: /);
      const again = channel([ada]);
      await incidentIn(again, ada, `${REPORT} after migration 4711 once more`);
      await expect
        .poll(() => told(ada, () => ada.command('/triage similar', again)), { timeout: 10_000 })
        .toContain('dropped the lock of migration 4711');
      const [similar] = ada.ephemerals().slice(-1);
      expect(JSON.stringify(similar?.blocks)).toContain('/archives/');
    });

    it('a channel is watched, or off, as it was told', async () => {
      const ada = person();
      const name = channel([ada]);
      await told(ada, () => ada.command('/triage watch', name));
      const said = await ada.says(name, REPORT);
      await seen(name, 'Database incident', said.ts);
      await told(ada, () => ada.command('/triage off', name));
      await ada.says(name, `${REPORT} again`);
      await slack().idle();
      expect(ours(name)).toHaveLength(1);
    });
  });

  describe.concurrent('forms and menus', () => {
    it('the form reports what it was filled in with, and needs to know what happened', async () => {
      const ada = person();
      const name = channel([ada]);
      await ada.command('/triage', name);
      const form = await slack().until(() => ada.modals().at(-1));
      await expect(ada.submits(form, { service: 'orders' })).rejects.toThrow('needs what');
      await ada.submits(form, { what: '   ' });
      expect(form).toMatchObject({
        open: true,
        errors: { what: expect.stringContaining('wrong') },
      });
      await ada.submits(form, { what: REPORT, service: 'orders', logs: 'ERROR deadlock detected' });
      expect(form.open).toBe(false);
      expect(shown(await seen(name, 'Database incident'))).toContain('postgres deadlock');
    });

    it('a message becomes an incident by its menu, and is explained by it', async () => {
      const ada = person();
      const name = channel([ada]);
      const said = await ada.says(name, REPORT);
      expect(slack().messages(name)).toHaveLength(1);
      await ada.shortcut('triage_message', said);
      await seen(name, 'Database incident', said.ts);
      await ada.shortcut('explain_message', said);
      await seen(name, 'For leadership', said.ts);
    });

    it('the home page shows what is open, reports, and sets how a channel is treated', async () => {
      const ada = person();
      const name = channel([ada]);
      await incidentIn(name, ada);
      await ada.opensHome();
      const home = await slack().until(() => ada.home());
      expect(JSON.stringify(home)).toContain(`#${name}`);
      const { id } = slack().world.channels.get(name);

      await ada.clicksAtHome('report');
      const form = await slack().until(() => ada.modals().at(-1));
      await ada.submits(form, { what: 'every disk of the log cluster is full', channel: id });
      await seen(name, 'every disk of the log cluster');

      await ada.clicksAtHome('channel-settings');
      const settings = await slack().until(() =>
        ada.modals().find(({ view }) => view.callback_id === 'settings_form'),
      );
      await ada.submits(settings, { channel: id, setting: 'verbose' });
      await seen(direct(ada), `#${name} now: verbose`);
    });
  });

  describe.concurrent('what is said in channels', () => {
    it('an alert in attachments is read whole, and its repeat is no second incident', async () => {
      const ada = person();
      const name = channel([ada], 'alerts');
      const alert = {
        attachments: [
          {
            title: '[FIRING:1] PostgresReplicationLag orders',
            text: 'replica lag is 420 s, deadlocks in postgres, connections exhausted',
            fields: [{ title: 'severity', value: 'critical' }],
          },
        ],
      };
      const bot = slack().bot('Alertmanager');
      const first = await bot.posts(name, alert);
      const card = await seen(name, 'Database incident', first.ts);
      expect(shown(card)).toContain('PostgresReplicationLag');
      await bot.posts(name, alert);
      await slack().idle();
      expect(ours(name)).toHaveLength(1);
      const over = {
        title: '[RESOLVED] PostgresReplicationLag orders',
        text: 'replica lag is 0 s',
      };
      await bot.posts(name, { attachments: [over] });
      await seen(name, /^Resolved: Database incident/, first.ts);
      const lag = { title: '[FIRING:1] PostgresReplicationLag orders', text: 'lag is 95 s again' };
      await bot.posts(name, { attachments: [lag] });
      await seen(name, /^Database incident/, first.ts);
      await bot.posts(name, { text: 'Resolved', thread: first.ts });
      await seen(name, /^Resolved: Database incident/, first.ts);
      expect(ours(name)).toHaveLength(1);
    });

    it('an alert whose own message says that it is over has ended, and good news never was one', async () => {
      const ada = person();
      const name = channel([ada], 'alerts');
      const bot = slack().bot('PagerDuty');
      const text = (state: string) => `${state} #4711: Postgres replica lag on orders-db`;
      const first = await bot.posts(name, { text: text('Triggered') });
      await seen(name, 'Database incident', first.ts);
      await bot.posts(name, { text: text('Acknowledged') });
      await bot.posts(name, { text: 'build #881 of main passed' });
      await bot.edits(first, { text: text('Resolved') });
      await seen(name, /^Resolved: Database incident/, first.ts);
      await slack().idle();
      expect(ours(name)).toHaveLength(1);
    });

    it('what several people report in the same words is one incident with all their names', async () => {
      const people = [person(), person(), person()];
      const [ada, grace, linus] = people as [Person, Person, Person];
      const name = channel(people, 'inc');
      const said = await ada.says(name, REPORT);
      await seen(name, 'Database incident', said.ts);
      expect(await told(grace, () => grace.says(name, REPORT))).toContain('reported this already');
      const command = () => linus.command(`/triage ${REPORT} too`, name);
      expect(await told(linus, command)).toContain('reported this already');
      const names = [ada, grace, linus].map(({ id }) => id.toLowerCase());
      await seen(name, names.join(', '), said.ts);
      expect(ours(name)).toHaveLength(1);
      await ada.says(name, 'nobody can log in to the back office, the identity provider fails');
      await slack().until(() => ours(name).length === 2);
    });

    it('a channel that gets the name of one for incidents is one', async () => {
      const ada = person();
      const name = channel([ada]);
      await ada.says(name, REPORT);
      await slack().idle();
      expect(ours(name)).toEqual([]);
      await slack().renames(name, `inc-${name}`);
      const said = await ada.says(`inc-${name}`, REPORT);
      await seen(`inc-${name}`, 'Database incident', said.ts);
    });

    it('what is added to a report by an edit is read', async () => {
      const ada = person();
      const name = channel([ada], 'inc');
      const said = await ada.says(name, 'checkout is down, customers get errors since 10:05');
      await seen(name, VERDICT, said.ts);
      await ada.edits(said, `checkout is down: ${REPORT}, deadlock detected in postgres`);
      await seen(name, 'Database incident', said.ts);
      expect(ours(name)).toHaveLength(1);
    });

    it('a log shared in the thread is analysed there and read as evidence', async () => {
      const ada = person();
      const name = channel([ada], 'inc');
      const said = await ada.says(name, 'checkout is down, customers get errors since 10:05');
      await seen(name, VERDICT, said.ts);
      const time = (at: number) => new Date(Date.UTC(2026, 2, 1, 10, 10, at)).toISOString();
      const content = Array.from({ length: 600 }, (_, at) =>
        at > 400
          ? `${time(at)} ERROR postgres: deadlock detected, database connections exhausted for ada@example.com`
          : `${time(at)} INFO request served in ${at} ms`,
      ).join('\n');
      await ada.shares(name, { name: 'app.log', content }, { thread: said.ts });
      const analysis = await seen(name, 'Log analysis: app.log', said.ts);
      expect(shown(analysis)).not.toContain('ada@example.com');
      const file = await slack().waitForMessage(
        ({ files, threadTs }) => threadTs === said.ts && files[0]?.name === 'log-analysis.json',
      );
      expect(JSON.parse(String(file.files[0]?.content)).lines.total).toBe(600);
      const bot = `<@${slack().workspace.botUser}>`;
      const soFar = await told(ada, () => ada.says(name, `${bot} catchup`, { thread: said.ts }));
      expect(soFar).toContain('deadlock detected');
      await seen(name, 'Database incident', said.ts);
      await ada.shares(name, { name: 'core.zip', content: 'PK' }, { thread: said.ts });
      await seen(name, 'core.zip: ', said.ts);
      expect(ours(name).filter((each) => shown(each).startsWith('Log analysis'))).toHaveLength(1);
    });
  });

  describe.concurrent('the card', () => {
    it('votes count at the click and as thumbs, one a person, and a thumbs-down asks what was right', async () => {
      const [ada, grace] = [person(), person()];
      const name = channel([ada, grace]);
      const card = await incidentIn(name, ada);
      await ada.clicks(card, 'vote', 'up');
      await seen(name, 'Helped (1)');
      await grace.reacts(card, '+1');
      await seen(name, 'Helped (2)');
      await grace.unreacts(card, '+1');
      await ada.clicks(card, 'vote', 'down');
      await seen(name, 'Wrong (1)');
      const form = await slack().until(() => ada.modals().at(-1));
      await ada.submits(form, { category: 'Network', wrong: 'a switch was unplugged' });
      await slack().until(() => ada.ephemerals().some((each) => shown(each).includes('Network')));
      await seen(name, /^Network incident/);
      expect(await told(grace, () => grace.command('/triage status', name))).toContain('Network');
    });

    it('each of its buttons does what it says', async () => {
      const ada = person();
      const name = channel([ada]);
      const card = await incidentIn(name, ada);
      expect(await told(ada, () => ada.clicks(card, 'escalate'))).toContain('second opinion');
      expect(await told(ada, () => ada.clicks(card, 'explain'))).toContain('plain words');
      await seen(name, 'For leadership');
      expect(await told(ada, () => ada.clicks(card, 'similar'))).toMatch(/incident/);
      await ada.clicks(card, 'wrong-category');
      const form = await slack().until(() => ada.modals().at(-1));
      await ada.submits(form, { category: 'Network' });
      await ada.clicks(card, 'resolve');
      await seen(name, /^Resolved: /);
      await ada.clicks(card, 'reopen');
      await seen(name, /^Network incident/);
    });

    it('that was deleted is missed once, in the channel', async ({ expect }) => {
      const [ada, grace] = [person(), person()];
      const name = channel([ada, grace]);
      const card = await incidentIn(name, ada);
      slack().world.messages.remove(card);
      await ada.clicks(card, 'vote', 'up');
      await seen(name, 'was deleted. The incident stays open');
      const tries = () =>
        slack()
          .calls('chat.update')
          .filter((call) => call.arguments.ts === card.ts).length;
      const tried = tries();
      await grace.clicks(card, 'vote', 'up');
      await expect.poll(tries, { timeout: 10_000 }).toBeGreaterThan(tried);
      await slack().idle();
      expect(ours(name)).toHaveLength(1);
    });

    it('is missed with its own words at once when Slack tells that it was deleted', async () => {
      const ada = person();
      const name = channel([ada], 'inc');
      const said = await ada.says(name, REPORT);
      const card = await seen(name, 'Database incident', said.ts);
      await ada.deletes(card);
      await seen(name, 'The card of “postgres deadlock on orders');
    });

    it('is missed with the message that its thread hangs on', async () => {
      const ada = person();
      const name = channel([ada], 'inc');
      const said = await ada.says(name, REPORT);
      await seen(name, 'Database incident', said.ts);
      await ada.deletes(said);
      await seen(name, 'was deleted. The incident stays open');
    });
  });
}
