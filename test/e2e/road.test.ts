import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath } from '../fixtures/offered.ts';
import { type RunningProduct, startSitrep, usedFolder } from '../fixtures/product.ts';

const SHOTS = fileURLToPath(new URL('./screenshots/', import.meta.url));
const missing = chromiumPath ? '' : ' (skipped: no Chromium on this machine)';

describe.skipIf(!chromiumPath)(`the whole product in a browser${missing}`, () => {
  const folder = usedFolder();
  let product: RunningProduct;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    mkdirSync(SHOTS, { recursive: true });
    product = await startSitrep({ cwd: folder.path });
    browser = await chromium.launch({
      executablePath: chromiumPath ?? '',
      args: ['--no-sandbox', '--headless', '--disable-gpu', '--disable-background-networking'],
    });
    context = await browser.newContext({ viewport: { width: 1100, height: 860 } });
    page = await context.newPage();
    page.setDefaultTimeout(15_000);
    await page.goto(product.address);
    await page.getByText('Live', { exact: true }).waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
    folder.remove();
  });

  const box = () => page.getByRole('combobox', { name: /^Message #/ });
  const cards = () => page.locator('.card', { has: page.getByRole('heading', { level: 3 }) });

  it('acknowledges a report and shows its card', async () => {
    await box().fill(
      '/triage checkout is timing out since 10:05, the orders database has 400 locks',
    );
    await box().press('Enter');
    await page.getByText('On it. The card comes here.').waitFor();
    await cards().first().waitFor();
    const heading = await cards().first().getByRole('heading').first().textContent();
    expect(heading).toMatch(/^Database incident, (critical|high|medium) severity$/);
    await page.screenshot({ path: `${SHOTS}road-card.png` });
  });

  it('counts a vote at the click, changes it, and asks what was right', async () => {
    const card = cards().first();
    await card.getByRole('button', { name: /^Yes/ }).click();
    await expect.poll(() => votes(), { timeout: 15_000 }).toBe('1/0');
    await card.getByRole('button', { name: /^No/ }).click();
    await expect.poll(() => votes(), { timeout: 15_000 }).toBe('0/1');
    await page.getByText('What kind of incident is it?').first().waitFor();
    await page.getByRole('button', { name: 'Performance' }).first().click();
    await page.getByText('Noted: it is Performance.').first().waitFor();
    await page.screenshot({ path: `${SHOTS}road-vote.png` });
  });

  it('resolves by button, on the same card', async () => {
    await cards().first().getByRole('button', { name: 'Resolve' }).click();
    await page.getByRole('heading', { name: /^Resolved: Performance incident/ }).waitFor();
    expect(await cards().count()).toBe(1);
  });

  it('reads a message in an incident channel as a report and talk in its thread as evidence', async () => {
    await page.getByRole('link', { name: 'inc-checkout' }).click();
    await page.getByRole('heading', { name: '#inc-checkout' }).waitFor();
    await box().fill('something is odd with payments');
    await box().press('Enter');
    await cards().first().waitFor();
    await page.screenshot({ path: `${SHOTS}road-incident-channel.png` });
    await page.getByRole('button', { name: 'Reply', exact: true }).click();
    const reply = page.getByRole('combobox', { name: 'Reply in this thread' });
    await reply.fill(
      'the TLS certificate of payments.example expired an hour ago, all handshakes fail',
    );
    await reply.press('Enter');
    await page.getByRole('heading', { name: /^Security incident/ }).waitFor();
    expect(await cards().count()).toBe(1);
    await page.screenshot({ path: `${SHOTS}road-evidence.png` });
  });

  it('keeps everything over a kill and a restart', async () => {
    await product.kill();
    product = await startSitrep({ cwd: folder.path });
    const again = await context.newPage();
    await again.goto(product.address);
    await again
      .getByRole('heading', { name: /incident, / })
      .first()
      .waitFor();
    await again.close();
  });

  async function votes(): Promise<string> {
    const state = await fetch(`${product.address}/console/state`);
    const { messages } = (await state.json()) as {
      messages: { card?: { elements: { kind: string; up?: number; down?: number }[] } }[];
    };
    const vote = messages[0]?.card?.elements.find((element) => element.kind === 'vote');
    return `${vote?.up}/${vote?.down}`;
  }
});
