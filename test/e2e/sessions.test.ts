import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { openWith } from '../server/redacting/older.ts';
import { writeSession } from '../support/demo/claudeCode.ts';
import { sessions } from '../support/demo/sessions.ts';
import { lines, openDaybook, widenSideBar } from '../support/sidebar.ts';
import { temporaryFolder } from '../support/temporary.ts';
import type { TemporaryFolder } from '../support/temporary.ts';
import { openWorkbench } from '../support/workbench.ts';
import type { Workbench } from '../support/workbench.ts';

const attempts = 4;
const stepMs = 6_000;

describe('Sessions, put in order by a person', () => {
  let home: TemporaryFolder;
  let workbench: Workbench;
  const [first = '', second = ''] = sessions.map(({ title }) => title);

  before(async () => {
    home = await temporaryFolder();
    for (const session of sessions) await writeSession(home.path, session);
    workbench = await openWorkbench({ home: home.path });
    await openDaybook(workbench.page);
    await widenSideBar(workbench.page, 520);
    // All of them are there before anything is done with one: the tree does not refresh under the pointer.
    await Promise.all(sessions.slice(0, 4).map(({ title }) => lines(workbench.page, 'Sessions', title).first().waitFor()));
  });

  after(async () => {
    await workbench?.close();
    await home.remove();
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot('sessions-failed');
  });

  it('are pinned, renamed and tagged', async () => {
    const { page } = workbench;
    await onSession('Daybook: Pin Session', first);
    await lines(page, 'Sessions', /^Pinned/).waitFor();
    await steadily(async () => {
      await onSession('Daybook: Rename Session…', first);
      await input('Leave it empty for the title that the tool gave').fill('My own words', { timeout: stepMs });
      await page.keyboard.press('Enter');
    });
    await lines(page, 'Sessions', 'My own words').waitFor();
    await steadily(async () => {
      await onSession('Daybook: Tag Session…', 'My own words');
      await page.getByPlaceholder('Choose tags, or type a new one').fill('ship', { timeout: stepMs });
      await row('new tag').click({ timeout: stepMs });
      await page.locator('.quick-input-widget').getByText('OK', { exact: true }).click({ timeout: stepMs });
    });
    await lines(page, 'Sessions', /My own words.*#ship/).waitFor();
    await workbench.screenshot('sessions-marked');
  });

  it('stand together as one likes, and are filtered in place', async () => {
    const { page } = workbench;
    await steadily(async () => {
      await workbench.command('Daybook: Group Sessions By…');
      await page.getByPlaceholder('By what?').waitFor({ timeout: stepMs });
      await row('Tool').click({ timeout: stepMs });
    });
    await lines(page, 'Sessions', /^Claude Code/).first().waitFor();
    await steadily(async () => {
      await workbench.command('Daybook: Filter Sessions…');
      await page.getByPlaceholder('Words in the title').fill('ship', { timeout: stepMs });
      await page.getByText('Only sessions with "ship".').waitFor({ timeout: stepMs });
      await page.keyboard.press('Enter');
    });
    await lines(page, 'Sessions', second).waitFor({ state: 'detached' });
    await workbench.screenshot('sessions-filtered');
    const loaded = page.waitForEvent('load');
    await workbench.command('Developer: Reload Window');
    await loaded;
    await page.getByText('Only sessions with "ship".').waitFor({ timeout: 60_000 });
    await lines(page, 'Sessions', 'My own words').waitFor({ timeout: 60_000 });
    assert.equal(await lines(page, 'Sessions', second).count(), 0);
    await workbench.command('Daybook: Clear Session Filter');
    await lines(page, 'Sessions', second).waitFor();
  });

  it('are hidden, and come back', async () => {
    const { page } = workbench;
    await onSession('Daybook: Hide Session', second);
    await lines(page, 'Sessions', second).waitFor({ state: 'detached' });
    await workbench.command('Daybook: Show Hidden Sessions');
    await lines(page, 'Sessions', second).waitFor();
    await onSession('Daybook: Show Session Again', second);
    await page.getByText('No session is hidden.').waitFor();
    await workbench.command('Daybook: Back to All Sessions');
    await lines(page, 'Sessions', second).waitFor();
  });

  it('are deleted without a question, and it is undone', async () => {
    const { page } = workbench;
    const center = page.locator('.notifications-center');
    await onSession('Daybook: Delete Session', second);
    await lines(page, 'Sessions', second).waitFor({ state: 'detached' });
    await steadily(async () => {
      await workbench.command('Notifications: Show Notifications');
      await center.getByText('One session is deleted. It is hidden now and gone for good in a day.').first().hover({ timeout: stepMs });
      await workbench.screenshot('deleted');
      await center.locator('.monaco-list-row').filter({ hasText: 'One session is deleted.' }).getByText('Undo', { exact: true }).first().click({ timeout: stepMs });
    });
    await lines(page, 'Sessions', second).waitFor();
  });

  it('are forgotten for good, after a question, in exports, too', async () => {
    const { page, dataDir } = workbench;
    const [lineFile, document] = [join(home.path, 'taken-out.jsonl'), join(home.path, 'taken-out.md')];
    // Another program on the same folder.
    const other = openWith(undefined, home.path, dataDir);
    try {
      const exports = await other.exports();
      const id = other.sessions({ limit: 100 }).sessions.find(({ title }) => title === second)?.id ?? '';
      await exports.run({ format: 'jsonl', output: lineFile, force: true });
      await exports.run({ format: 'markdown', output: document, force: true, selection: { sessions: [id] } });
    } finally {
      await other.close();
    }
    assert.ok(readFileSync(lineFile, 'utf8').includes(second) && readFileSync(document, 'utf8').includes(second));
    const dialog = page.locator('.monaco-dialog-box');
    await steadily(async () => {
      await workbench.command('Daybook: Forget…');
      await page.getByPlaceholder('What should be forgotten?').waitFor({ timeout: stepMs });
      await row('Sessions…').click({ timeout: stepMs });
      await page.getByPlaceholder('Which sessions?').fill(second, { timeout: stepMs });
      await row(second).click({ timeout: stepMs });
      await page.locator('.quick-input-widget').getByText('OK', { exact: true }).click({ timeout: stepMs });
      await dialog.getByText(/^Forget \d+ records\?$/).waitFor({ timeout: stepMs });
    });
    await dialog.getByText(`Whole sessions, refused from then on: “${second}”`).waitFor();
    await dialog.getByText('1 export loses the lines that hold it: taken-out.jsonl').waitFor();
    await dialog.getByText('1 exported document holds some of it, and stays unless you delete it: taken-out.md').waitFor();
    await workbench.screenshot('forget');
    await dialog.getByRole('button', { name: 'Forget, and Delete Exported Documents' }).click();
    await lines(page, 'Sessions', second).waitFor({ state: 'detached' });
    await page.getByText(/^Gone: .* 1 export lost the lines that held it\. 1 exported document is deleted\.$/).first().waitFor();
    assert.equal(existsSync(document), false);
    const left = readFileSync(lineFile, 'utf8');
    assert.ok(!left.includes(second) && left.includes(first));
    await workbench.command('Daybook: Import Now');
    await lines(page, 'Sessions', 'My own words').waitFor();
    assert.equal(await lines(page, 'Sessions', second).count(), 0);
  });

  /** Runs a command that asks for a session, and chooses one. */
  function onSession(command: string, title: string): Promise<void> {
    return steadily(async () => {
      await workbench.command(command);
      await workbench.page.getByPlaceholder('Choose a session').fill(title, { timeout: stepMs });
      await row(title).click({ timeout: stepMs });
    });
  }

  /** What else happens in the window may close a question: a person would ask again. */
  async function steadily(steps: () => Promise<void>): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await steps();
      } catch (error) {
        if (attempt === attempts) throw error;
        console.log(`      asked again: ${String(error).split('\n')[0] ?? ''}`);
        await workbench.page.keyboard.press('Escape');
      }
    }
  }

  function row(text: string): Locator {
    return workbench.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: text }).first();
  }

  /** The input of the question that says this. */
  function input(says: string): Locator {
    return workbench.page.locator('.quick-input-widget').filter({ hasText: says }).locator('input[type="text"]');
  }
});
