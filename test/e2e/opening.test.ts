import assert from 'node:assert/strict';
import { openWorkbench } from '../support/workbench.ts';
import type { Workbench } from '../support/workbench.ts';

describe('opening a folder', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await openWorkbench();
  });

  after(() => workbench.close());

  it('shows Daybook in the activity bar', async () => {
    const icon = workbench.page.locator('.activitybar').getByRole('tab', { name: 'Daybook' });
    await icon.waitFor({ timeout: 30_000 });
    await icon.click();
    for (const name of ['Today', 'Sessions']) {
      await workbench.page.getByRole('button', { name: `${name} Section` }).waitFor({ timeout: 30_000 });
    }
    await workbench.screenshot('opening');
    assert.equal(await icon.getAttribute('aria-selected'), 'true');
  });
});
