import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { writeSession } from '../support/demo/claudeCode.ts';
import { flakyTest, sessions } from '../support/demo/sessions.ts';
import { lines, openDaybook } from '../support/sidebar.ts';
import { temporaryFolder } from '../support/temporary.ts';
import type { TemporaryFolder } from '../support/temporary.ts';
import { webview } from '../support/webview.ts';
import { openWorkbench } from '../support/workbench.ts';
import type { Workbench } from '../support/workbench.ts';
import { writeWorkspace } from '../support/workspace.ts';

describe('Search', () => {
  let home: TemporaryFolder;
  let workbench: Workbench;

  before(async () => {
    home = await temporaryFolder();
    for (const session of sessions) await writeSession(home.path, session);
    const workspace = await writeWorkspace(join(home.path, 'shop'));
    await writeSession(home.path, {
      id: '2d6c8a10-5b7e-4f39-9c42-7e1a0b3c5d77', title: 'Where prices are added', minutesAgo: 300, cwd: workspace,
      steps: [{ ask: 'Where are the prices of marzipan added?' }, { say: 'All of them in `src/basket.js:2`.' }],
    });
    workbench = await openWorkbench({ home: home.path, workspace });
    await openDaybook(workbench.page);
    await lines(workbench.page, 'Sessions', flakyTest.title).first().waitFor();
  });

  after(async () => {
    await workbench?.close();
    await home.remove();
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot('search-failed');
    await workbench.page.keyboard.press('Escape');
  });

  it('offers what can be written, from the record', async () => {
    await workbench.command('Daybook: Search');
    await row('is:').waitFor();
    await workbench.screenshot('search-begin');
    await input().pressSequentially('tool:b');
    await row('tool:Bash').first().click();
    await holds('tool:Bash ');
    await row(/npm test/).first().waitFor();
  });

  it('shows results by session, with what came before and after', async () => {
    await workbench.command('Daybook: Search');
    await input().pressSequentially('decimals');
    const startedAt = Date.now();
    await row(/decimals/).first().waitFor();
    console.log(`      results after ${Date.now() - startedAt} ms`);
    await workbench.page.locator('.quick-input-list').getByText(flakyTest.title, { exact: true }).first().waitFor();
    await row(/↑ .*↓ /).first().waitFor();
    await workbench.screenshot('search-grouped');
  });

  it('points at a mistake, and Enter on it mends it', async () => {
    await workbench.command('Daybook: Search');
    await input().pressSequentially('sorce:claude basket ');
    await row(/There is no filter sorce/).first().click();
    await holds('source:claude basket ');
    await row(/basket/).first().waitFor();
  });

  it('leads to the session, and from there to the file and the line that it names', async () => {
    const { page } = workbench;
    await workbench.command('Daybook: Search');
    await input().pressSequentially('marzipan');
    await row(/marzipan/).first().click();
    await (await webview(page)).locator('.file', { hasText: 'src/basket.js:2' }).first().click();
    await page.locator('.tabs-container .tab.active').getByText('basket.js').waitFor();
    await page.locator('.statusbar').getByText(/^Ln 2, Col \d+/).first().waitFor();
    await workbench.screenshot('search-file');
  });

  it('says which sessions touched the file in the editor', async () => {
    const { page } = workbench;
    await workbench.openFile('src/basket.js');
    await page.locator('.editor-instance .view-lines').first().waitFor();
    await workbench.command('Daybook: Sessions That Touched This File');
    await page.getByText(/^Sessions That Touched src\/basket\.js$/).waitFor();
    await row(/Work in shop|No session|only looked|change/).first().waitFor();
    await workbench.screenshot('search-touched');
  });

  /** What is chosen is written a moment later. */
  async function holds(text: string): Promise<void> {
    for (const end = Date.now() + 10_000; (await input().inputValue()) !== text && Date.now() < end;) await workbench.page.waitForTimeout(50);
    assert.equal(await input().inputValue(), text);
  }

  const input = (): Locator => workbench.page.getByPlaceholder('Search what was asked');
  const row = (text: string | RegExp): Locator => workbench.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: text });
});
