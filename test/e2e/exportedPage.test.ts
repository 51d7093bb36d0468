import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { generated, hostile, openWorld, type World } from '../server/export/world.ts';
import { findBrowser } from '../support/vscode/browser.ts';
import { openPage, type OpenPage } from '../support/vscode/page.ts';

describe('An exported page', () => {
  let world: World | undefined;
  let browser: OpenPage | undefined;
  let page: Page;
  const asked: string[] = [];
  const said: string[] = [];

  before(async () => {
    world = await openWorld((core) => core.record(generated(600), 'test'));
    const output = join(world.folder, 'page.html');
    await (await world.core.exports()).run({ format: 'html', output });
    browser = await openPage(await findBrowser());
    page = browser.page;
    page.on('request', (request) => asked.push(request.url()));
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(error.message));
    await page.goto(pathToFileURL(output).href);
  });

  after(async () => {
    await browser?.close();
    await world?.close();
  });

  it('shows what was said as text: nothing runs, nothing is loaded, nothing is refused', async () => {
    assert.equal(await page.title(), 'Daybook');
    assert.equal(await page.locator('img, iframe, main script').count(), 0);
    assert.deepEqual([asked.length, said], [1, []]);
    const text = await page.locator('main').evaluate((main) => main.textContent);
    assert.ok(text.includes(hostile[0] ?? '') && text.includes('</details></pre></article>'));
    assert.equal(await page.locator('article').count(), world?.core.sessions({ limit: 100 }).sessions.length);
  });

  it('finds words, and hides the rest', async () => {
    const all = await page.locator('.turn').count();
    await page.fill('#words', 'question number 303');
    const shown = await page.locator('.turn:visible').count();
    assert.ok(shown >= 1 && shown < all, `${shown} of ${all}`);
    assert.equal(await page.locator('#found').textContent(), `${shown} of ${all}`);
    await page.fill('#words', '');
    assert.equal(await page.locator('.turn:visible').count(), all);
  });

  it('opens everything, and prints', async () => {
    await page.click('#open');
    assert.equal(await page.locator('details:not([open])').count(), 0);
    const printed = await page.pdf({ format: 'A4' });
    assert.equal(printed.subarray(0, 5).toString(), '%PDF-');
  });
});
