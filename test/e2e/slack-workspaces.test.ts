import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installs } from '../fakes/slack/people/browser.ts';
import type { Workspace } from '../fakes/slack/world/records.ts';
import { type StartedInSlack, shown, startInSlack } from './slack-harness.ts';
import { createStage, REPORT } from './slack-stage.ts';

const NOT_INSTALLED = 'for a workspace that has not installed Sitrep';

let started: StartedInSlack;
let home: Workspace;
let other: Workspace;
let branch: Workspace;

beforeAll(async () => {
  started = await startInSlack({ oauth: true });
  const { slack } = started;
  home = slack.workspace;
  other = slack.addWorkspace({ id: 'T0OTHER' });
  branch = slack.addWorkspace({ id: 'T0BRANCH', organisation: 'E0CORP' });
});
afterAll(() => started?.stop());

describe('one Sitrep for many workspaces', () => {
  const { channel, person, seen, told, ours, incidentIn } = createStage(() => started.slack);

  it('is installed by whoever began it, and by nobody else', async () => {
    const { product, slack, logged } = started;
    const stranger = await installs(product.address, home.id, { loseCookie: true });
    expect(stranger.status).not.toBe(200);
    const ada = person();
    const before = logged(NOT_INSTALLED);
    await ada.says(channel([ada]), REPORT);
    await expect.poll(() => logged(NOT_INSTALLED)).toBeGreaterThan(before);
    for (const { id } of [home, other, branch]) {
      expect((await installs(product.address, id)).status).toBe(200);
    }
    expect(slack.posted()).toEqual([]);
  });

  it('acts in each with its own token, and keeps what was said there', async () => {
    const [ada, eve] = [person(home), person(other)];
    const here = channel([ada]);
    const there = channel([eve], 'team', { home: other });
    const report = `${REPORT} after migration 4711`;
    const card = await incidentIn(here, ada, report);
    expect(card.botId).toBe(home.botId);
    expect((await incidentIn(there, eve, `${report} too`)).botId).toBe(other.botId);

    const status = await told(eve, () => eve.command('/triage status', there));
    expect(status).toContain(`#${there}`);
    expect(status).not.toContain(`#${here}`);
    await eve.opensHome();
    const page = JSON.stringify(await started.slack.until(() => eve.home()));
    expect(page).toContain(`#${there}`);
    expect(page).not.toContain(`#${here}`);

    await told(ada, () => ada.command('/triage resolve dropped the lock of migration 4711', here));
    await seen(here, /^Resolved: /);
    const again = channel([ada]);
    await incidentIn(again, ada, `${report} once more`);
    await expect
      .poll(() => told(ada, () => ada.command('/triage similar', again)), { timeout: 10_000 })
      .toContain('dropped the lock');
    const similar = await told(eve, () => eve.command('/triage similar', there));
    expect(similar).not.toContain('dropped the lock');
    const found = await told(eve, () =>
      eve.command('/triage search lock of migration 4711', there),
    );
    expect(found).not.toContain('dropped the lock');
  });

  it('answers in a channel that two share as the one to whose people it belongs', async () => {
    const [ada, eve] = [person(home), person(other)];
    const name = channel([ada, eve], 'inc', { sharedWith: [other] });
    const mine = await ada.says(name, REPORT);
    const card = await seen(name, 'Database incident', mine.ts);
    expect(card.botId).toBe(home.botId);
    const theirs = await eve.says(name, 'every disk of the log cluster is full, writes fail');
    expect((await seen(name, / incident, /, theirs.ts)).botId).toBe(other.botId);
    await started.slack.idle();
    expect(ours(name)).toHaveLength(2);
    // A thumb of the others' people is not a vote.
    await eve.reacts(card, '+1');
    await ada.reacts(card, '-1');
    await seen(name, 'Wrong (1)', mine.ts);
    expect(shown(card)).not.toContain('Helped (1)');
  });

  it('acts in the workspaces of an organisation that installed it for all of them', async () => {
    const eve = person(branch);
    const name = channel([eve], 'inc', { home: branch });
    const said = await eve.says(name, REPORT);
    const card = await seen(name, 'Database incident', said.ts);
    expect(card.botId).toBe(branch.botId);
    await eve.clicks(card, 'resolve');
    await seen(name, /^Resolved: /, said.ts);
  });

  it('forgets a workspace that removed it, and begins again when it is installed again', async () => {
    const { product, slack, logged } = started;
    const eve = person(other);
    const name = channel([eve], 'inc', { home: other });
    await slack.uninstalls(other);
    const before = logged(NOT_INSTALLED);
    await eve.says(name, REPORT);
    await expect.poll(() => logged(NOT_INSTALLED)).toBeGreaterThan(before);
    expect((await installs(product.address, other.id)).status).toBe(200);
    const said = await eve.says(name, REPORT);
    await seen(name, 'Database incident', said.ts);
    expect(ours(name)).toHaveLength(1);
    const ada = person(home);
    expect(shown(await incidentIn(channel([ada]), ada))).toContain('Database');
  });

  it('keeps no token that anybody could read', () => {
    const files = readdirSync(started.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
    expect(files.some((content) => content.includes('T0BRANCH'))).toBe(true);
    for (const { botToken } of [home, other, branch]) {
      expect(files.some((content) => content.includes(botToken))).toBe(false);
    }
  });
});
