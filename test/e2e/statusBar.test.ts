import { openWorkbench } from '../support/workbench.ts';
import type { Workbench } from '../support/workbench.ts';

describe('The status bar', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await openWorkbench();
  });

  after(() => workbench.close());

  it('has a menu that changes what is recorded here, stops everything and resumes it', async () => {
    const { page } = workbench;
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
