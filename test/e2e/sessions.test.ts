import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { writeSession } from '../support/demo/claudeCode.ts';
import { sessions } from '../support/demo/sessions.ts';
import { lines, openDaybook, widenSideBar } from '../support/sidebar.ts';
import { temporaryFolder } from '../support/temporary.ts';
import type { TemporaryFolder } from '../support/temporary.ts';
import { openWorkbench } from '../support/workbench.ts';
import type { Workbench } from '../support/workbench.ts';

const quickInput = (page: Page) => page.locator('.quick-input-widget input[type="text"]');
const pick = (page: Page, text: string): Promise<void> => page.locator('.quick-input-list .monaco-list-row').filter({ hasText: text }).first().click();

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
    await lines(workbench.page, 'Sessions', first).waitFor();
  });

  after(async () => {
    await workbench?.close();
    await home.remove();
  });

  it('are pinned, renamed and tagged', async () => {
    const { page } = workbench;
    await menu(first, 'Pin Session');
    await lines(page, 'Sessions', /^Pinned/).waitFor();
    await menu(first, 'Rename Session…');
    await quickInput(page).fill('My own words');
    await page.keyboard.press('Enter');
    await lines(page, 'Sessions', 'My own words').waitFor();
    await menu('My own words', 'Tag Session…');
    await quickInput(page).fill('ship');
    await page.locator('.quick-input-list .monaco-list-row').filter({ hasText: 'new tag' }).first().click();
    await page.locator('.quick-input-widget').getByText('OK', { exact: true }).click();
    await lines(page, 'Sessions', /My own words.*#ship/).waitFor();
    await workbench.screenshot('sessions-marked');
  });

  it('stand together as one likes, and are filtered in place', async () => {
    const { page } = workbench;
    await workbench.command('Daybook: Group Sessions By…');
    await pick(page, 'Tool');
    await lines(page, 'Sessions', /^Claude Code/).first().waitFor();
    await workbench.command('Daybook: Filter Sessions…');
    await quickInput(page).fill('ship');
    await page.getByText('Only sessions with "ship".').waitFor();
    await lines(page, 'Sessions', second).waitFor({ state: 'detached' });
    await page.keyboard.press('Enter');
    await workbench.screenshot('sessions-filtered');
    await workbench.command('Daybook: Clear Session Filter');
    await lines(page, 'Sessions', second).waitFor();
  });

  it('are hidden, and come back', async () => {
    const { page } = workbench;
    await menu(second, 'Hide Session');
    await lines(page, 'Sessions', second).waitFor({ state: 'detached' });
    await workbench.command('Daybook: Show Hidden Sessions');
    await menu(second, 'Show Session Again');
    await page.getByText('No session is hidden.').waitFor();
    await workbench.command('Daybook: Back to All Sessions');
    await lines(page, 'Sessions', second).waitFor();
  });

  it('are forgotten for good, after a question', async () => {
    const { page } = workbench;
    await menu(second, 'Forget…');
    const dialog = page.locator('.monaco-dialog-box');
    await dialog.getByText(/^Forget \d+ records\?$/).waitFor();
    await dialog.getByText(`Whole sessions, refused from then on: “${second}”`).waitFor();
    await workbench.screenshot('forget');
    await dialog.getByRole('button', { name: 'Forget' }).click();
    await lines(page, 'Sessions', second).waitFor({ state: 'detached' });
    await workbench.command('Daybook: Import Now');
    await lines(page, 'Sessions', 'My own words').waitFor();
    assert.equal(await lines(page, 'Sessions', second).count(), 0);
  });

  async function menu(title: string, item: string): Promise<void> {
    const { page } = workbench;
    await lines(page, 'Sessions', title).first().click({ button: 'right' });
    await page.getByRole('menuitem', { name: item }).click();
  }
});
