import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { png } from '../support/pictures.ts';
import { lines, openDaybook } from '../support/sidebar.ts';
import { temporaryFolder, type TemporaryFolder } from '../support/temporary.ts';
import { openWorkbench, type Workbench } from '../support/workbench.ts';
import { itThoroughly } from '../support/itThoroughly.ts';
import { isThorough } from '../support/thorough.ts';

const id = '5c1e2a70-90ab-4cde-8f01-23456789abcd';
const drawn = '<svg xmlns="http://www.w3.org/2000/svg" onload="document.title=1"><rect width="9" height="9"/></svg>';

describe('pasted pictures', () => {
  let home: TemporaryFolder;
  let workbench: Workbench;

  before(async () => {
    // Mocha prepares also for tests that it passes over: a whole VS Code for none.
    if (!isThorough()) return;
    home = await temporaryFolder();
    const path = join(home.path, '.claude/projects/-home-ada-shop', `${id}.jsonl`);
    const images = [png(40, 360), Buffer.from(drawn)].map((content) =>
      ({ type: 'image', source: { type: 'base64', media_type: 'image/png', data: content.toString('base64') } }));
    const common = { sessionId: id, cwd: '/home/ada/shop', version: '2.1.90', timestamp: new Date(Date.now() - 600_000).toISOString() };
    const prompt = { ...common, type: 'user', uuid: 'u1', message: { role: 'user', content: [...images, { type: 'text', text: 'Why is the banner blue?' }] } };
    const reply = { ...common, type: 'assistant', uuid: 'a1', message: { id: 'm1', role: 'assistant', model: 'claude-sonnet-4-6', content: [{ type: 'text', text: 'The theme says so.' }] } };
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, [prompt, reply].map((line) => `${JSON.stringify(line)}\n`).join(''));
    workbench = await openWorkbench({ home: home.path });
  });

  after(async () => {
    await workbench?.close();
    await home?.remove();
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot('attachments-failed');
  });

  itThoroughly('are shown in the session, and open as a whole', async () => {
    const { page } = workbench;
    await openDaybook(page);
    await lines(page, 'Sessions', 'Why is the banner blue?').click();
    const document = page.locator('iframe.webview.ready').contentFrame().locator('iframe#active-frame').contentFrame().locator('body');
    const picture = document.locator('img[src^="data:image/png"]');
    await picture.waitFor();
    assert.deepEqual([await picture.evaluate((image: HTMLImageElement) => image.naturalWidth), await document.locator('img').count()], [360, 1]);
    await workbench.screenshot('attachments');
    await picture.click();
    await page.locator('.tabs-container').getByText('attachment.png').waitFor();
    const whole = page.locator('iframe.webview.ready').last().contentFrame().locator('iframe#active-frame').contentFrame().locator('img');
    await whole.waitFor();
    assert.equal(await whole.evaluate((image: HTMLImageElement) => image.naturalWidth), 360);
    await workbench.screenshot('attachment-whole');
  });
});
