import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { quarter } from '../support/demo/quarter.ts';
import { bundle } from '../support/places.ts';
import { chooseFromMenu, lines, openDaybook } from '../support/sidebar.ts';
import { temporaryFolder } from '../support/temporary.ts';
import type { TemporaryFolder } from '../support/temporary.ts';
import { openWorkbench } from '../support/workbench.ts';
import type { Workbench } from '../support/workbench.ts';
import { itThoroughly } from '../support/itThoroughly.ts';

const settings = { 'window.autoDetectColorScheme': true };

describe('the dashboard and the timeline', () => {
  let home: TemporaryFolder;
  let workbench: Workbench;
  const refused: string[] = [];

  before(async () => {
    home = await temporaryFolder();
    workbench = await openWorkbench({ home: home.path, settings });
    workbench.page.on('console', (message) => {
      const text = message.text();
      if (/Content Security Policy/.test(text) && /daybook/i.test(`${text} ${message.location().url}`)) refused.push(text);
    });
    const input = quarter(Date.now(), 60).map((record) => `${JSON.stringify(record)}\n`).join('');
    const { status, stderr } = spawnSync(process.execPath, [join(bundle, 'cli.cjs'), 'record', '--data-dir', workbench.dataDir], { input, encoding: 'utf8', timeout: 60_000 });
    assert.equal(status, 0, stderr);
    await workbench.page.emulateMedia({ colorScheme: 'dark' });
    await workbench.command('View: Close Primary Side Bar');
  });

  after(async () => {
    await workbench?.close();
    await home.remove();
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot('failed');
  });

  it('shows a quarter of work in light, dark and high contrast', async () => {
    const { page } = workbench;
    await workbench.command('Daybook: Open Dashboard');
    const body = await webview();
    await body.locator('[data-card="activity"] svg').waitFor();
    await body.locator('[data-card="files-hand"] svg').waitFor();
    assert.ok((await body.locator('[data-card] svg.plot').count()) >= 11);
    // A style that is not in the package is an empty one: it shows only in what it should have changed.
    assert.equal(await styleOf(body.locator('h1'), 'marginTop'), '0px', 'the style of all pages');
    assert.equal(await styleOf(body.locator('.card').first(), 'borderTopLeftRadius'), '5px', 'the style of the dashboard');
    await page.mouse.move(640, 4);
    await workbench.screenshot('dashboard');
    await body.locator('[data-card="commands"]').scrollIntoViewIfNeeded();
    await workbench.screenshot('dashboard-more');
    await body.locator('h1').scrollIntoViewIfNeeded();
    await page.emulateMedia({ colorScheme: 'light' });
    await page.locator('.monaco-workbench.vs').waitFor();
    await page.waitForTimeout(500);
    await workbench.screenshot('dashboard-light');
    await page.emulateMedia({ colorScheme: 'dark' });
  });

  it('keeps the range and the tables over a reload', async () => {
    let body = await webview();
    await body.getByText('90 days', { exact: true }).click();
    await body.getByRole('button', { name: 'Most failing commands: Show as table' }).click();
    await body.locator('[data-card="commands"] table').waitFor();
    const loaded = workbench.page.waitForEvent('load');
    await workbench.command('Developer: Reload Window');
    await loaded;
    body = await webview();
    await body.locator('[data-card="commands"] table').waitFor({ timeout: 60_000 });
    assert.ok(await body.locator('#range-90').isChecked());
  });

  it('leads from a figure to the records behind it', async () => {
    const { page } = workbench;
    const body = await webview();
    await body.locator('[data-card="commands"]').getByRole('link', { name: 'npm test' }).click();
    const input = page.locator('.quick-input-widget input[type="text"]');
    await input.waitFor();
    assert.match(await input.inputValue(), /^"npm test" after:\d{4}-\d{2}-\d{2}$/);
    await page.locator('.quick-input-list .monaco-list-row').filter({ hasText: /npm test/ }).first().waitFor();
    await workbench.screenshot('dashboard-search');
    await page.keyboard.press('Escape');
  });

  it('opens a day as a timeline, zooms with the keys, and opens what is in it', async () => {
    const { page } = workbench;
    const dashboard = await webview();
    await dashboard.getByRole('button', { name: 'Activity: Show as table' }).click();
    await dashboard.locator('[data-card="activity"]').getByRole('link', { name: 'Timeline' }).first().click();
    await page.locator('.tabs-container .tab.active').getByText('Timeline').waitFor();
    const body = await webview();
    await body.locator('.chart svg').waitFor();
    assert.equal(await styleOf(body.locator('.controls'), 'display'), 'flex', 'the style of the timeline');
    await page.waitForTimeout(500);
    await workbench.screenshot('timeline');
    const seen = async (): Promise<number> => Number(/(\d+) in view/.exec(await body.locator('.list .note').innerText())?.[1]);
    const all = await seen();
    await body.locator('.chart').focus();
    for (const key of ['+', '+', 'ArrowDown']) await page.keyboard.press(key);
    await body.locator('tr.chosen').waitFor();
    assert.ok((await seen()) < all);
    await workbench.screenshot('timeline-near');
    await page.keyboard.press('Home');
    await body.locator('.list a', { hasText: /^npm test$|^npm run build$/ }).first().click();
    await page.locator('.tabs-container').getByText(/terminal\.command.*\.json/).first().waitFor();
  });

  itThoroughly('is right in high contrast', async () => {
    const { page } = workbench;
    await workbench.command('View: Close All Editors');
    await workbench.command('Preferences: Color Theme');
    const input = page.locator('.quick-input-widget input[type="text"]');
    await input.fill('Dark High Contrast');
    await page.keyboard.press('Enter');
    await workbench.command('Daybook: Open Dashboard');
    const body = await webview();
    await body.locator('[data-card="activity"] svg').waitFor();
    await page.mouse.move(640, 4);
    await page.waitForTimeout(500);
    await workbench.screenshot('dashboard-high-contrast');
    await workbench.command('Daybook: Open Timeline');
    await (await webview()).locator('.chart').waitFor();
    await page.waitForTimeout(1_000);
    await workbench.screenshot('timeline-high-contrast');
  });

  it('reveals a session', async () => {
    const { page } = workbench;
    await openDaybook(page);
    await chooseFromMenu(page, lines(page, 'Sessions', 'Voucher is checked twice').first(), 'Reveal in Timeline');
    await (await webview()).locator('.chart svg').waitFor();
    await workbench.screenshot('timeline-session');
  });

  it('loads nothing that its policy refuses', () => {
    assert.deepEqual(refused, []);
  });

  function styleOf(element: Locator, property: 'marginTop' | 'borderTopLeftRadius' | 'display'): Promise<string> {
    return element.evaluate((seen, name) => getComputedStyle(seen)[name], property);
  }

  /** The page inside the two frames of the webview that is seen. */
  async function webview(): Promise<Locator> {
    const frames = workbench.page.locator('iframe.webview.ready:visible');
    await frames.last().waitFor({ timeout: 60_000 });
    const body = frames.last().contentFrame().locator('iframe#active-frame').contentFrame().locator('body');
    await body.waitFor();
    return body;
  }
});
