import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  type Browser,
  type BrowserContext,
  chromium,
  type Locator,
  type Page,
} from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/domain/commands.ts';
import { type ConsoleHarness, startConsole } from '../contract/console-harness.ts';
import { chromiumPath } from '../fixtures/offered.ts';
import { createDemoProduct } from './console-demo.ts';
import { FAINT_TEXTS, NAMELESS_CONTROLS } from './console-page-checks.ts';

const SHOTS = fileURLToPath(new URL('./screenshots/', import.meta.url));
const REPORT = 'checkout is timing out since 10:05';
/** Real machines are slower than one thinks; nothing here waits longer than it must. */
const soon = { timeout: 15_000 };

const missing = chromiumPath ? '' : ' (skipped: no Chromium on this machine)';

describe.skipIf(!chromiumPath)(`the console page${missing}`, () => {
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let harness: ConsoleHarness;
  let demo: ReturnType<typeof createDemoProduct>;
  const complaints: string[] = [];

  beforeAll(async () => {
    mkdirSync(SHOTS, { recursive: true });
    browser = await chromium.launch({
      executablePath: chromiumPath ?? '',
      args: [
        '--no-sandbox',
        '--headless',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
  });
  afterAll(() => browser?.close());

  beforeEach(async () => {
    complaints.length = 0;
    demo = createDemoProduct();
    harness = await startConsole({ receive: demo.receive });
    await open({ colorScheme: 'light', viewport: { width: 1280, height: 860 } });
  });
  afterEach(async () => {
    await context?.close();
    await harness?.stop();
  });

  async function open(options: Parameters<Browser['newContext']>[0] = {}): Promise<void> {
    await context?.close();
    context = await browser.newContext({ reducedMotion: 'reduce', ...options });
    page = await context.newPage();
    page.setDefaultTimeout(soon.timeout);
    // A script error, and anything that the content security policy had to stop, is a bug.
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (said) => said.type() === 'error' && complaints.push(said.text()));
    await page.goto(harness.address);
    await page.getByText('Live', { exact: true }).waitFor();
  }

  const box = () => page.getByRole('combobox', { name: /^Message #/ });
  const cards = () => page.locator('.card', { has: page.getByRole('heading', { level: 3 }) });
  const shot = (name: string, where: Page | Locator = page) =>
    where.screenshot({ path: `${SHOTS}console-${name}.png` });

  const isFocused = (where: Locator) =>
    where.evaluate((node) => node === node.ownerDocument.activeElement);

  async function reportIncident(): Promise<Locator> {
    await box().fill(`/triage ${REPORT}`);
    await box().press('Enter');
    await cards().first().waitFor();
    return cards().first();
  }

  it('tells a newcomer what to type, and puts it into the box', async () => {
    await shot('empty');
    await page.getByRole('button', { name: /Try it/ }).click();
    expect(await box().inputValue()).toBe(`/triage ${REPORT}`);
  });

  it('completes a command by keyboard, acknowledges it and shows its card', async () => {
    await box().press('/');
    const options = page.getByRole('option');
    await expect.poll(() => options.count(), soon).toBe(COMMANDS.length + 1);
    expect(await box().getAttribute('aria-expanded')).toBe('true');
    await box().press('ArrowDown');
    const marked = page.getByRole('option', { selected: true });
    expect(await marked.textContent()).toContain('/triage help');
    expect(await box().getAttribute('aria-activedescendant')).toBe(await marked.getAttribute('id'));
    await shot('completion');
    await box().press('Escape');
    expect(await options.count()).toBe(0);
    expect(await box().inputValue()).toBe('/');
    await box().pressSequentially('tr');
    await box().press('Tab');
    expect(await box().inputValue()).toBe('/triage ');
    await box().pressSequentially(REPORT);
    await box().press('Enter');

    await page.getByText('On it. The card comes here.').waitFor();
    await cards().first().waitFor();
    expect(await page.getByText('Only you see this').count()).toBe(1);
    expect(await box().inputValue()).toBe('');
    expect(harness.events).toMatchObject([{ kind: 'command', text: REPORT }]);
    // The command itself is nobody else's to see.
    expect(await harness.log.recent(10)).toHaveLength(1);
    expect(complaints).toEqual([]);
  });

  it('draws every kind of element, and strangers’ markup as text', async () => {
    const card = await reportIncident();
    for (const name of ['What this rests on', 'Next steps']) {
      await card.getByRole('heading', { name }).waitFor();
    }
    const quoted = card.locator('blockquote code');
    expect(await quoted.allTextContents()).toEqual(['max_connections']);
    expect(await card.getByRole('meter').getAttribute('aria-valuetext')).toBe('unsure, 46 %');
    expect(await card.getByText('<script>alert("never run")</script>').count()).toBe(1);
    const link = card.getByRole('link', { name: /pool dashboard/ });
    expect(await link.getAttribute('rel')).toContain('noopener');
    expect(await card.getByRole('img').count()).toBe(4);
    expect(await card.getByRole('img', { name: /^Bar chart: Errors a minute/ }).count()).toBe(1);
    expect(await card.getByRole('table', { name: 'Slowest queries' }).count()).toBe(1);
    expect(await card.getByText('Dangerous', { exact: true }).count()).toBe(1);
    await page.setViewportSize({ width: 1280, height: 2600 });
    await shot('card');
    await page.setViewportSize({ width: 360, height: 4200 });
    await shot('card-phone');
    expect(complaints).toEqual([]);
  });

  it('changes the card in place, without taking the focus away', async () => {
    const card = await reportIncident();
    await card.getByText('Not sure about this one.', { exact: false }).waitFor();
    const resolve = card.getByRole('button', { name: 'Resolve' });
    await resolve.focus();
    await demo.learn(harness.console, 'inc_1');
    await expect.poll(() => card.getByText('Not sure', { exact: false }).count(), soon).toBe(0);
    expect(await card.getByRole('meter').getAttribute('aria-valuetext')).toBe('sure, 91 %');
    expect(await isFocused(resolve)).toBe(true);
    expect(await cards().count()).toBe(1);

    await resolve.press('Enter');
    await card.getByRole('heading', { name: /^Resolved:/ }).waitFor();
    const reopen = card.getByRole('button', { name: 'Reopen' });
    await expect.poll(() => isFocused(reopen), soon).toBe(true);
    expect(complaints).toEqual([]);
  });

  it('takes a vote, lets it be changed, and takes the correction that follows', async () => {
    const card = await reportIncident();
    const yes = card.getByRole('button', { name: /^Yes: / });
    const no = card.getByRole('button', { name: /^No: / });
    await yes.click();
    await expect.poll(() => yes.getAttribute('aria-label'), soon).toBe('Yes: 1, your vote');
    expect(await yes.getAttribute('aria-pressed')).toBe('true');
    await no.click();
    await expect.poll(() => no.getAttribute('aria-label'), soon).toBe('No: 1, your vote');
    expect(await yes.getAttribute('aria-label')).toBe('Yes: 0');
    expect(await yes.getAttribute('aria-pressed')).toBe('false');

    await page.getByText('Noted: this was wrong.', { exact: false }).first().waitFor();
    await page.getByRole('button', { name: 'Network' }).scrollIntoViewIfNeeded();
    await shot('vote');
    await page.getByRole('button', { name: 'Network' }).click();
    await card.getByRole('heading', { name: 'Network incident' }).waitFor();
    await page.getByText('Noted: Network.').waitFor();
    expect(harness.events.map(({ kind }) => kind)).toEqual(['command', 'vote', 'vote', 'action']);

    await page.reload();
    await expect.poll(() => no.getAttribute('aria-pressed'), soon).toBe('true');
    expect(complaints).toEqual([]);
  });

  it('answers a message in an incident channel in its thread, where people go on talking', async () => {
    await page.getByRole('link', { name: 'inc-checkout' }).click();
    await page.getByRole('heading', { name: '#inc-checkout' }).waitFor();
    await shot('empty-incident');
    await box().fill('payments fail with 502\nsince the deploy');
    await box().press('Enter');
    const replies = page.getByRole('list', { name: 'Replies' });
    await replies.getByRole('heading', { level: 3 }).waitFor();

    await page.getByRole('button', { name: 'Reply', exact: true }).click();
    const reply = page.getByRole('combobox', { name: 'Reply in this thread' });
    await expect.poll(() => isFocused(reply), soon).toBe(true);
    await reply.fill('rolling back now, see https://ci.example/deploy/77.');
    await reply.press('Enter');
    await replies.getByText('rolling back now', { exact: false }).waitFor();
    await expect.poll(() => harness.events.length, soon).toBe(2);
    expect(harness.events[1]).toMatchObject({
      kind: 'message',
      where: { channel: 'inc-checkout' },
    });
    expect(harness.events[1]?.where.thread).toBe(
      harness.events[0]?.kind === 'message' ? harness.events[0].messageId : '',
    );
    expect(await replies.getByRole('link', { name: /ci\.example/ }).getAttribute('href')).toBe(
      'https://ci.example/deploy/77',
    );
    await shot('thread');
    expect(complaints).toEqual([]);
  });

  it('is as good in the dark and on a phone', async () => {
    await reportIncident();
    await page.emulateMedia({ colorScheme: 'dark' });
    await shot('dark');
    await page.emulateMedia({ colorScheme: 'light' });
    const theme = page.getByRole('button', { name: /^Theme/ });
    await theme.click();
    await theme.click();
    expect(await theme.getAttribute('aria-label')).toBe('Theme: dark');
    await page.reload();
    await cards().first().waitFor();
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe(
      'rgb(18, 22, 28)',
    );

    await page.setViewportSize({ width: 360, height: 740 });
    const wide = await page.evaluate('document.documentElement.scrollWidth');
    expect(wide).toBe(360);
    await shot('phone-dark');
    await page.getByRole('button', { name: 'Channels' }).click();
    await shot('phone-menu');
    await page.getByRole('link', { name: 'inc-checkout' }).click();
    await page.getByRole('heading', { name: '#inc-checkout' }).waitFor();
    await shot('phone-empty');
    expect(complaints).toEqual([]);
  });

  it('lets people say who they are and add a channel, and keeps what they were writing', async () => {
    await page.getByRole('button', { name: /^You are Guest/ }).press('Enter');
    await page.getByLabel('Your name').fill('Ada Lovelace');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^You are Ada Lovelace/ }).waitFor();

    await box().fill('half a thought');
    await page.getByRole('button', { name: '+ Add channel' }).press('Enter');
    await page.keyboard.type('#Inc Payments');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '#inc-payments' }).waitFor();
    expect(await box().inputValue()).toBe('');
    await box().fill('cards are declined');
    await box().press('Enter');
    await page.getByRole('article', { name: /^Ada Lovelace/ }).waitFor();
    await expect.poll(() => harness.events.length, soon).toBe(1);
    expect(harness.events[0]?.actor.name).toBe('Ada Lovelace');

    await page.getByRole('link', { name: 'general' }).click();
    await expect.poll(() => box().inputValue(), soon).toBe('half a thought');
    await page.goto(`${harness.address}/#inc-payments`);
    await page.reload();
    await page.getByRole('heading', { name: '#inc-payments' }).waitFor();
    await page.getByText('You are Ada Lovelace').waitFor();
    expect(complaints).toEqual([]);
  });

  it('does not take a mistyped command for something to say', async () => {
    await box().fill('/traige checkout is down');
    await box().press('Enter');
    await page.getByRole('alert').getByText('There is no command /traige').waitFor();
    expect(await box().inputValue()).toBe('/traige checkout is down');
    expect(harness.events).toEqual([]);
  });

  it.each(['light', 'dark'] as const)('can be read by everybody in the %s', async (colorScheme) => {
    await open({ colorScheme, viewport: { width: 1280, height: 860 } });
    const card = await reportIncident();
    await card.getByRole('button', { name: /^No: / }).click();
    await page.getByText('Noted: this was wrong.', { exact: false }).first().waitFor();
    expect(await page.evaluate(FAINT_TEXTS)).toEqual([]);
    expect(await page.evaluate(NAMELESS_CONTROLS)).toEqual([]);
  });

  it('keeps what was said while the server is away, and sends it once', async () => {
    await context.setOffline(true);
    await box().fill('written in a tunnel');
    await box().press('Enter');
    await page.getByText('Not sent yet.', { exact: false }).waitFor();
    await page.getByText('Connection lost.', { exact: false }).waitFor();
    await shot('offline');
    expect(await harness.log.recent(10)).toHaveLength(0);
    await context.setOffline(false);
    await expect.poll(() => harness.log.recent(10), soon).toHaveLength(1);
    await expect
      .poll(() => page.getByText('Not sent yet.', { exact: false }).count(), soon)
      .toBe(0);
    await page.getByText('Live', { exact: true }).waitFor();
    expect(await page.getByText('written in a tunnel').count()).toBe(1);
  });

  it('says the same thing again when the answer was lost, also after a reload', async () => {
    let lost = 0;
    await page.route('**/console/commands', async (route) => {
      if (lost++ > 1) return route.continue();
      await route.fetch();
      return route.abort();
    });
    await box().fill(`/triage ${REPORT}`);
    await box().press('Enter');
    await expect.poll(() => harness.events.length, soon).toBe(1);
    await page.reload();
    await page.getByText('On it. The card comes here.').waitFor();
    await expect.poll(() => harness.events.length, soon).toBe(3);
    expect(new Set(harness.events.map(({ occurrence }) => occurrence)).size).toBe(1);
    expect(await cards().count()).toBe(1);
  });

  it('shows another person’s messages and counts what is unread', async () => {
    const actor = { id: 'u2', name: 'Grace Hopper' };
    const say = (channel: string, text: string, id: string) =>
      harness.post('/console/messages', { id, channel, text, actor });
    await say('general', 'anybody else slow?', 'm1');
    await page.getByText('anybody else slow?').waitFor();
    await expect
      .poll(() => page.locator('#announcer').textContent(), soon)
      .toBe('Grace Hopper: anybody else slow?');
    // Which is answered with a card: two messages.
    await say('inc-checkout', 'it is the pool', 'm2');
    await page.getByRole('link', { name: /inc-checkout.*2 new/ }).waitFor();
    expect(await page.title()).toBe('(2) #general · Sitrep');
  });
});
