import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Locator } from 'playwright-core';
import type { SearchResult } from '../../shared/results.ts';
import { afternoonZone } from '../support/afternoon.ts';
import { continueSession, writeSession } from '../support/demo/claudeCode.ts';
import { writeCopilotSession } from '../support/demo/copilotChat.ts';
import { flakyTest, nextTurn, nextWords, sessions } from '../support/demo/sessions.ts';
import { journalOf } from '../support/journal.ts';
import { bundle } from '../support/places.ts';
import { run } from '../support/process.ts';
import { lines, openDaybook, widenSideBar } from '../support/sidebar.ts';
import { temporaryFolder } from '../support/temporary.ts';
import type { TemporaryFolder } from '../support/temporary.ts';
import { openWorkbench } from '../support/workbench.ts';
import type { Workbench } from '../support/workbench.ts';

const failing = 'node test/basket.test.js';
const failingTest = "console.error('✖ a bar of marzipan costs 0.3');\nprocess.exit(1);\n";
const settings = { 'window.autoDetectColorScheme': true, 'terminal.integrated.gpuAcceleration': 'off' };

describe("a person's day", () => {
  const zone = process.env['TZ'];
  let home: TemporaryFolder;
  let workbench: Workbench;
  let sessionFile = '';

  before(async () => {
    process.env['TZ'] = afternoonZone();
    home = await temporaryFolder();
    await writeFile(join(home.path, '.bashrc'), "PS1='ada@desk:~/shop$ '\n");
    for (const session of sessions) {
      const path = await writeSession(home.path, session);
      if (session === flakyTest) sessionFile = path;
    }
    workbench = await openWorkbench({ home: home.path, settings });
    await mkdir(join(workbench.workspace, 'test'));
    await writeFile(join(workbench.workspace, 'test', 'basket.test.js'), failingTest);
    await workbench.page.emulateMedia({ colorScheme: 'dark' });
  });

  after(async () => {
    await workbench?.close();
    await home.remove();
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot('failed');
  });

  it('begins with the sessions that were there before', async () => {
    const { page } = workbench;
    await openDaybook(page);
    await page.getByText('Daybook found 6 sessions from 1 tool').waitFor();
    await widenSideBar(page, 420);
    for (const session of sessions.slice(0, 4)) await lines(page, 'Sessions', session.title).waitFor();
    await both('sessions');
    // Under test VS Code shows no message by itself.
    await workbench.command('Notifications: Show Notifications');
    await page.locator('.notifications-center').getByText('Daybook found 6 sessions from 1 tool').waitFor();
    await workbench.screenshot('welcome');
    await workbench.command('Notifications: Clear All Notifications');
  });

  it('shows a Copilot Chat session that is written meanwhile', async () => {
    await writeCopilotSession(workbench.userData, 75);
    await lines(workbench.page, 'Sessions', 'Discount applied twice').waitFor();
  });

  it('opens a session as a page with folded tools', async () => {
    const { page } = workbench;
    await lines(page, 'Sessions', flakyTest.title).click();
    const document = await preview();
    await document.getByRole('heading', { name: flakyTest.title }).waitFor();
    const tools = document.locator('details');
    await tools.nth(4).waitFor();
    assert.equal(await tools.first().getAttribute('open'), null);
    await both('session');
  });

  it('follows a session that goes on', async () => {
    const { page } = workbench;
    const startedAt = Date.now();
    await continueSession(sessionFile, flakyTest, nextTurn);
    await Promise.all([
      shown('the new turn under Sessions', startedAt, lines(page, 'Sessions', /Fix the failing basket test.*3 turns/)),
      found('the new turn in daybook search', startedAt, nextWords),
    ]);
  });

  it('shows what is typed, saved and run, under Today, in the journal and in daybook search', async () => {
    const { page } = workbench;
    await workbench.openFile('src/basket.js');
    await page.locator('.editor-instance .view-lines').first().click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('export const currency = "EUR";');
    await page.keyboard.press('Control+S');
    let startedAt = Date.now();
    await Promise.all([
      shown('editing under Today', startedAt, lines(page, 'Today', /Edited src\/basket\.js/)),
      shown('saving under Today', startedAt, lines(page, 'Today', /Saved src\/basket\.js/)),
      written('saving in the journal', startedAt, 'dev.daybook.event.editor.saved', 'src/basket.js'),
      found('the edit in daybook search', startedAt, 'currency EUR'),
    ]);

    await workbench.command('Terminal: Create New Terminal');
    await page.locator('.terminal .xterm-rows').getByText('shop$').first().waitFor();
    await page.keyboard.type(failing);
    await page.keyboard.press('Enter');
    startedAt = Date.now();
    await Promise.all([
      shown('the command under Today', startedAt, lines(page, 'Today', /node test\/basket\.test\.js · exit 1/)),
      written('the command in the journal', startedAt, 'dev.daybook.tool_execution.terminal.command', failing),
      found('its output in daybook search', startedAt, 'marzipan'),
    ]);
    await both('today');
  });

  it('finds while typing', async () => {
    const { page } = workbench;
    await workbench.command('Daybook: Search');
    await page.getByPlaceholder('Search what was asked').pressSequentially('basket');
    await page.locator('.quick-input-list .monaco-list-row').filter({ hasText: /basket.*ago · Claude Code/ }).first().waitFor();
    await both('search');
    await page.keyboard.press('Enter');
    const document = await preview();
    await document.getByRole('heading', { level: 1 }).waitFor();
  });

  it('shows the day and a session side by side', async () => {
    const { page } = workbench;
    await workbench.command('View: Close All Editors');
    await workbench.command('View: Hide Panel');
    await lines(page, 'Sessions', flakyTest.title).click();
    const document = await preview();
    // As far as the second turn is written already, the first one is read.
    await document.locator('blockquote').first().evaluate((question) => question.scrollIntoView());
    for (const fold of ['Edit · ', '1.6 s']) await document.locator('summary').filter({ hasText: fold }).first().click();
    await both('overview');
  });

  it('takes a session out as Markdown', async () => {
    const { page } = workbench;
    // A webview that has just been clicked may take the focus late, and a question without focus is gone.
    await workbench.command('View: Close All Editors');
    await workbench.command('Daybook: Export Session as Markdown…');
    await page.getByPlaceholder('Choose a session').fill(flakyTest.title);
    await page.locator('.quick-input-list .monaco-list-row').filter({ hasText: flakyTest.title }).first().click();
    const target = page.locator('.quick-input-widget input[type="text"]');
    await page.waitForFunction((place) => document.querySelector<HTMLInputElement>('.quick-input-widget input[type="text"]')?.value.startsWith(place), home.path);
    const path = await target.inputValue();
    await page.keyboard.press('Enter');
    await page.locator('.tabs-container').getByText(basename(path)).waitFor();
    assert.match(await readFile(path, 'utf8'), /^# Fix the failing basket test$/m);
  });

  /** The document inside the two frames of a webview. */
  async function preview(): Promise<Locator> {
    const frame = workbench.page.locator('iframe.webview.ready').contentFrame().locator('iframe#active-frame').contentFrame();
    const body = frame.locator('body');
    await body.waitFor();
    return body;
  }

  /** Two pictures, `<name>` in a dark theme and `<name>-light`. */
  async function both(name: string): Promise<void> {
    const { page } = workbench;
    // Out of the way, and what it pointed at may fade.
    await page.mouse.move(640, 4);
    await page.waitForTimeout(400);
    await workbench.screenshot(name);
    await page.emulateMedia({ colorScheme: 'light' });
    await page.locator('.monaco-workbench.vs').waitFor();
    await page.waitForTimeout(400);
    await workbench.screenshot(`${name}-light`);
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.locator('.monaco-workbench.vs-dark').waitFor();
  }

  async function shown(what: string, startedAt: number, line: Locator): Promise<void> {
    await line.first().waitFor({ timeout: boundMs });
    report(what, startedAt);
  }

  async function written(what: string, startedAt: number, type: string, subject: string): Promise<void> {
    await until(what, async () => (await journalOf(workbench.dataDir)).some(({ record }) => record.type === type && record.subject === subject));
    report(what, startedAt);
  }

  async function found(what: string, startedAt: number, words: string): Promise<void> {
    const command = [join(bundle, 'cli.cjs'), 'search', words, '--data-dir', workbench.dataDir, '--json'];
    await until(what, async () => {
      const { stdout } = await run(process.execPath, command, { timeoutMs: boundMs });
      return (JSON.parse(stdout) as SearchResult).total > 0;
    });
    report(what, startedAt);
  }
});

/** Two seconds are the aim and are reported; a slow machine is given more. */
const boundMs = 10_000;

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + boundMs;
  while (!(await isSo())) if (Date.now() > end) throw new Error(`There is no sign of ${what} after ${boundMs / 1000} seconds.`);
}

function report(what: string, startedAt: number): void {
  console.log(`      ${what}: ${Date.now() - startedAt} ms`);
}
