import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { continueSession, writeSession } from '../support/demo/claudeCode.ts';
import { lines, openDaybook, widenSideBar } from '../support/sidebar.ts';
import { temporaryFolder } from '../support/temporary.ts';
import type { TemporaryFolder } from '../support/temporary.ts';
import { openWorkbench } from '../support/workbench.ts';
import type { Workbench } from '../support/workbench.ts';

describe('who did it', () => {
  let home: TemporaryFolder;
  let workbench: Workbench;

  before(async () => {
    home = await temporaryFolder();
    workbench = await openWorkbench({ home: home.path });
  });

  after(async () => {
    await workbench?.close();
    await home.remove();
  });

  it('is in the tooltip of an edit, with what caused it; a click opens that, and a click there comes back', async () => {
    const { page, workspace } = workbench;
    await openDaybook(page);
    await widenSideBar(page, 420);
    await workbench.openFile('src/basket.js');
    await lines(page, 'Today', 'Opened src/basket.js').waitFor();

    const path = join(workspace, 'src', 'basket.js');
    const [old, now] = ['sum + item.price', 'sum + item.price * item.count'];
    const session = { id: '5f0c9a4e-7d1b-4c7e-8a55-2f6b1d9e3a10', title: 'Count the items', minutesAgo: 0, steps: [{ ask: 'Each item has a count.' }], cwd: workspace };
    const file = await writeSession(home.path, session);
    const at = Date.now();
    await writeFile(path, (await readFile(path, 'utf8')).replace(old, now));
    await continueSession(file, session, [{ use: 'Edit', input: { file_path: path, old_string: old, new_string: now }, output: 'Done.', ms: Date.now() - at }], at);

    await lines(page, 'Today', 'Used Edit · basket.js').first().waitFor();
    const edited = lines(page, 'Today', 'Edited src/basket.js').first();
    await edited.waitFor();
    const hover = page.locator('.workbench-hover-container').filter({ hasText: 'By Claude Code: it wrote the same into this file' });
    await edited.hover();
    await hover.waitFor();
    await workbench.screenshot('links-tooltip');

    await hover.getByText('Caused by Claude Code: Edit · basket.js').click();
    const page1 = page.locator('.editor-group-container .tab.active').filter({ hasText: 'message' });
    await page1.waitFor();
    const effect = page.locator('.codelens-decoration a').filter({ hasText: 'Led to the edit of src/basket.js' }).first();
    await effect.waitFor();
    await workbench.screenshot('links-record');
    await effect.click();
    await page.locator('.editor-group-container .tab.active').filter({ hasText: 'editor.edited' }).waitFor();
    const cause = page.locator('.codelens-decoration a').filter({ hasText: 'Caused by Claude Code: Edit · basket.js' });
    await cause.first().waitFor();
    assert.equal(await cause.count(), 1);
    await workbench.screenshot('links-edit');
  });
});
