import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { quarter } from '../support/demo/quarter.ts';
import { bundle } from '../support/places.ts';
import { temporaryFolder, type TemporaryFolder } from '../support/temporary.ts';
import { webview } from '../support/webview.ts';
import { openWorkbench, type Workbench } from '../support/workbench.ts';

const dayMs = 86_400_000;

describe('Retention', () => {
  let folder: TemporaryFolder;
  let workbench: Workbench;

  before(async () => {
    folder = await temporaryFolder();
    const dataDirectory = join(folder.path, 'data');
    // A month of work, and the same one year before.
    const recent = quarter(Date.now(), 30);
    const old = quarter(Date.now() - 400 * dayMs, 30).filter(({ type }) => type.startsWith('dev.daybook.event.')).map((record) => ({ ...record, id: `${record.id}-old` }));
    const input = [...old, ...recent].map((record) => `${JSON.stringify(record)}\n`).join('');
    const { status, stderr } = spawnSync(process.execPath, [join(bundle, 'cli.cjs'), 'record', '--data-dir', dataDirectory], { input, encoding: 'utf8', timeout: 60_000 });
    assert.equal(status, 0, stderr);
    workbench = await openWorkbench({ settings: { 'daybook.dataDirectory': dataDirectory } });
  });

  after(async () => {
    await workbench?.close();
    await folder.remove();
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot('failed');
  });

  it('has the dashboard say how large the record will be', async () => {
    await workbench.command('Daybook: Open Dashboard');
    const card = (await webview(workbench.page)).locator('[data-card="storage"]');
    await card.getByText(/In a year about [\d.]+ [kMG]B, if it goes on as on the last \d+ days, with [\d.]+ (?:byte|kB|MB) a day/).waitFor();
    await card.scrollIntoViewIfNeeded();
    await workbench.screenshot('retention-dashboard');
  });
});
