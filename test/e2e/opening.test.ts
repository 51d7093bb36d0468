import assert from 'node:assert/strict';
import { openWorkbench } from '../support/workbench.ts';
import type { Workbench } from '../support/workbench.ts';

describe('opening a folder', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await openWorkbench({ settings: { 'window.autoDetectColorScheme': true } });
  });

  after(() => workbench.close());

  it('shows Daybook in the activity bar', async () => {
    const icon = workbench.page.locator('.activitybar').getByRole('tab', { name: 'Daybook' });
    await icon.waitFor({ timeout: 30_000 });
    await icon.click();
    for (const name of ['Today', 'Sessions']) {
      await workbench.page.getByRole('button', { name: `${name} Section` }).waitFor({ timeout: 30_000 });
    }
    assert.equal(await icon.getAttribute('aria-selected'), 'true');
    await workbench.page.locator('.statusbar').getByRole('button', { name: 'Daybook is recording' }).waitFor();
  });

  it('says why the views are empty, and what to do next', async () => {
    const { page } = workbench;
    await page.getByText('Nothing is recorded today yet.').waitFor();
    await page.getByText('No AI sessions were found on this machine yet.').waitFor();
    await page.getByRole('button', { name: 'Look Again' }).waitFor();
    await workbench.screenshot('empty');
    await page.emulateMedia({ colorScheme: 'light' });
    await page.locator('.monaco-workbench.vs').waitFor();
    await workbench.screenshot('empty-light');
    await page.getByRole('button', { name: 'What Is Recorded?' }).first().click();
    const document = page.locator('iframe.webview.ready').contentFrame().locator('iframe#active-frame').contentFrame();
    await document.getByRole('heading', { name: 'What Daybook records' }).waitFor();
    await workbench.screenshot('recorded');
  });

  it('has a menu in the status bar that changes what is recorded here, stops everything and resumes it', async () => {
    const { page } = workbench;
    await page.emulateMedia({ colorScheme: null });
    const item = (name: string) => page.locator('.statusbar').getByRole('button', { name });
    const row = (text: string) => page.locator('.quick-input-list .monaco-list-row').filter({ hasText: text }).first();
    await item('Daybook is recording').click();
    await row('Names, no content').waitFor();
    await workbench.screenshot('menu');
    await row('Names, no content').click();
    await item('Daybook is recording').hover();
    await page.getByText('Recorded here: Names, no content').first().waitFor();
    await workbench.screenshot('menu-hover');

    await item('Daybook is recording').click();
    await row('Stop Everything…').click();
    await row('Keep what is recorded').waitFor();
    await workbench.screenshot('stop-everything');
    await row('Keep what is recorded').click();
    await item('Daybook is stopped in all windows').waitFor();

    await workbench.command('Daybook: Resume Recording');
    await item('Daybook is recording').waitFor();
  });
});
