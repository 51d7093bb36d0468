import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { writeSession } from '../support/demo/claudeCode.ts';
import { flakyTest, sessions } from '../support/demo/sessions.ts';
import { lines, openDaybook } from '../support/sidebar.ts';
import { temporaryFolder } from '../support/temporary.ts';
import type { TemporaryFolder } from '../support/temporary.ts';
import { openWorkbench } from '../support/workbench.ts';
import type { Workbench } from '../support/workbench.ts';

describe('Search', () => {
  let home: TemporaryFolder;
  let workbench: Workbench;

  before(async () => {
    home = await temporaryFolder();
    for (const session of sessions) await writeSession(home.path, session);
    workbench = await openWorkbench({ home: home.path });
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
