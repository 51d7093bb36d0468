import assert from 'node:assert/strict';
import { dirname } from 'node:path';
import { continueSession, writeSession } from '../support/demo/claudeCode.ts';
import { flakyTest, nextTurn, sessions } from '../support/demo/sessions.ts';
import { journalOf } from '../support/journal.ts';
import { serverProcesses } from '../support/serverProcess.ts';
import { lines, openDaybook } from '../support/sidebar.ts';
import { temporaryFolder } from '../support/temporary.ts';
import type { TemporaryFolder } from '../support/temporary.ts';
import { highContrast } from '../support/theme.ts';
import { webview } from '../support/webview.ts';
import { openWorkbench } from '../support/workbench.ts';
import type { Workbench } from '../support/workbench.ts';
import { itThoroughly } from '../support/itThoroughly.ts';

const edit = /^✓ Edit · \/home\/ada\/shop\/src\/basket\.js/;
const boundMs = 60_000;

describe('What lasts', () => {
  let home: TemporaryFolder;
  let workbench: Workbench;
  let sessionFile = '';

  before(async () => {
    home = await temporaryFolder();
    for (const session of sessions) {
      const path = await writeSession(home.path, session);
      if (session === flakyTest) sessionFile = path;
    }
    workbench = await openWorkbench({ home: home.path });
    await openDaybook(workbench.page);
    await lines(workbench.page, 'Sessions', flakyTest.title).click();
    await (await webview(workbench.page)).locator('summary').filter({ hasText: edit }).first().click({ position: { x: 5, y: 5 } });
  });

  after(async () => {
    await workbench?.close();
    await home.remove();
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot('failed');
  });

  it('a server that is killed starts again with one quiet message, and nothing is lost or doubled', async () => {
    const { page } = workbench;
    const before = await serverProcesses(dirname(workbench.userData));
    assert.equal(before.length, 1);
    const [killed = 0] = before;
    process.kill(killed, 'SIGKILL');
    await page.locator('.statusbar').getByText('Daybook stopped unexpectedly and is starting again.').waitFor();
    await continueSession(sessionFile, flakyTest, nextTurn);
    await page.locator('.statusbar').getByRole('button', { name: 'Daybook is recording' }).waitFor({ timeout: boundMs });
    await lines(page, 'Sessions', /Fix the failing basket test.*3 turns/).waitFor({ timeout: boundMs });
    await (await webview(page)).getByRole('button', { name: /marmalade/ }).waitFor({ timeout: boundMs });
    assert.equal(await page.locator('.notification-toast').count(), 0);
    const after = await serverProcesses(dirname(workbench.userData));
    assert.ok(after.length === 1 && !after.includes(killed));
    const ids = (await journalOf(workbench.dataDir)).map(({ record }) => record.id);
    assert.equal(new Set(ids).size, ids.length);
    const prompts = (await journalOf(workbench.dataDir)).filter(({ record }) => JSON.stringify(record.data).includes('marmalade in foreign'));
    assert.equal(prompts.length, 1);
  });

  it('a session is as it was after the window is loaded again', async () => {
    const { page } = workbench;
    // What is kept is written a moment after it is done.
    await page.waitForTimeout(1_500);
    await page.reload();
    await page.locator('.tabs-container').getByText(flakyTest.title).waitFor({ timeout: boundMs });
    const document = await webview(page);
    await document.locator('details[open] > summary').filter({ hasText: edit }).waitFor({ timeout: boundMs });
    assert.equal(await document.locator('details[open]').count(), 1);
  });

  it('an edit opens in the diff editor', async () => {
    const { page } = workbench;
    const document = await webview(page);
    await document.getByRole('button', { name: 'Open Diff' }).click();
    await page.locator('.tabs-container').getByText('basket.js (what the tool replaced)').waitFor({ timeout: boundMs });
    await page.locator('.monaco-diff-editor').getByText('const cents').first().waitFor({ timeout: boundMs });
    await workbench.screenshot('diff');
  });

  itThoroughly('everything can be told apart in high contrast', async () => {
    await workbench.command('View: Close Editor');
    for (const [theme, name] of [['Light High Contrast', 'session-hc-light'], ['Dark High Contrast', 'session-hc']] as const) {
      await highContrast(workbench, theme);
      const document = await webview(workbench.page);
      await document.locator('.diff ins').first().waitFor();
      await document.locator('blockquote').first().evaluate((question) => question.scrollIntoView());
      await workbench.page.waitForTimeout(400);
      await workbench.screenshot(name);
    }
  });
});
