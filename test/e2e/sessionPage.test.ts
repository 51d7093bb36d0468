import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Page } from 'playwright-core';
import type { ShortRecord } from '../../shared/record.ts';
import type { Part } from '../../shared/session.ts';
import { hostile, openWorld, type World } from '../server/export/world.ts';
import { screenshots } from '../support/places.ts';
import { openSessionPage, type OpenSession } from '../support/sessionPage.ts';
import { findBrowser } from '../support/vscode/browser.ts';
import { openPage, type OpenPage } from '../support/vscode/page.ts';

const id = 'tool:long';
const turns = 500;

const message = (at: number, role: string, parts: readonly Part[], more: object = {}): ShortRecord => ({
  family: 'chats', kind: 'message', id: `${id}:${at}`, session: id, time: new Date(Date.UTC(2026, 10, 20, 8) + at * 2_000).toISOString(), data: { role, parts, ...more },
});
const text = (content: string): Part => ({ type: 'text', content });

/** Five thousand messages in five hundred turns, with everything that a page could stumble over in the first. */
function records(): ShortRecord[] {
  const nasty = [
    message(0, 'user', [text('Have a look at `src/basket.js:3` and src/missing.js, then [this](command:workbench.action.quit) and [that](javascript:alert(1)).')]),
    message(1, 'assistant', [text(hostile.join('\n\n')), text('![x](https://example.invalid/x.png) <img src=https://example.invalid/y.png>')]),
    message(2, 'assistant', [{ type: 'tool_call', id: 'e', name: 'Edit', arguments: { file_path: 'src/basket.js', old_string: 'one\ntwo', new_string: 'one\nthree' } }]),
    message(3, 'tool', [{ type: 'tool_call_response', id: 'e', status: 'succeeded', durationMs: 1_640, response: `\u001b[31m${'x'.repeat(10_000_000)}` }]),
    message(4, 'assistant', [{ type: 'uri', uri: 'command:evil', name: '\u202eevil' }, { type: 'blob', mimeType: '<b>image/png</b>', bytes: 5 }, { type: 'unknown', nativeType: '<i>', raw: '<script>' }]),
  ];
  const rest = Array.from({ length: turns * 10 - nasty.length }, (_, place): ShortRecord => {
    const at = place + nasty.length;
    const number = Math.floor(at / 10);
    if (at % 10 === 0) return message(at, 'user', [text(`Question number ${number}`)]);
    if (at % 10 === 9) return message(at, 'assistant', [text(`Answer ${number}: **done**.`)], { responseId: `a${at}`, usage: { inputTokens: 10, outputTokens: 3 } });
    return at % 2 === 1 ? message(at, 'assistant', [{ type: 'tool_call', id: `c${at}`, name: 'Bash', arguments: { command: `echo ${at}` } }])
      : message(at, 'tool', [{ type: 'tool_call_response', id: `c${at - 1}`, status: at % 100 === 4 ? 'failed' : 'succeeded', response: `out ${at}`, durationMs: 12 }]);
  });
  return [...nasty, ...rest];
}

describe('The page of a session of 5,000 messages', () => {
  let world: World | undefined;
  let browser: OpenPage | undefined;
  let page: Page;
  let open: OpenSession;
  const loaded: string[] = [];
  const said: string[] = [];

  before(async () => {
    world = await openWorld((core) => core.record(records(), 'tool'));
    const workspace = join(world.folder, 'shop');
    await mkdir(join(workspace, 'src'), { recursive: true });
    await writeFile(join(workspace, 'src', 'basket.js'), 'one\nthree\n');
    browser = await openPage(await findBrowser());
    page = browser.page;
    page.on('request', (request) => loaded.push(new URL(request.url()).protocol));
    page.on('console', (each) => said.push(each.text()));
    page.on('pageerror', (error) => said.push(error.message));
    open = await openSessionPage(page, { core: world.core, id, folder: world.folder, workspace });
    await page.locator('[data-item="0"]').waitFor();
  });

  after(async () => {
    await browser?.close();
    await world?.close();
  });

  const items = (): Promise<number> => page.locator('[data-item]').count();
  const top = (): Promise<string | null> => page.evaluate(() => {
    const edge = document.querySelector('main')?.getBoundingClientRect();
    const there = edge ? document.elementFromPoint(edge.left + edge.width / 2, edge.top + 40)?.closest('.slot')?.querySelector('[data-item]') : undefined;
    return there?.getAttribute('data-item') ?? null;
  });

  /** What a page asks for arrives a moment later. */
  async function asked(method: string, params: unknown): Promise<void> {
    const isIt = (): boolean => open.asked.some((each) => isDeepStrictEqual(each, [method, params]));
    for (const end = Date.now() + 10_000; !isIt() && Date.now() < end;) await page.waitForTimeout(20);
    assert.ok(isIt(), `${method} among ${JSON.stringify(open.asked)}`);
  }

  it('shows what others wrote as text: nothing runs, nothing is loaded, nothing leads astray', async () => {
    assert.equal(await page.locator('main img, main iframe, main script, main b, main i').count(), 0);
    assert.equal(await page.locator('main a[href]:not([href^="https://"])').count(), 0);
    assert.deepEqual([...new Set(loaded)], ['file:']);
    assert.deepEqual(said, []);
    assert.equal(await page.title(), 'Daybook');
    const shown = await page.locator('main').evaluate((main) => main.textContent);
    assert.ok(shown.includes(hostile[0] ?? '') && shown.includes('<script>') && !shown.includes('\u202e') && !shown.includes('\u001b'));
    await page.screenshot({ path: join(screenshots, 'session-hostile.png') });
  });

  it('holds only what is near, and says how much there is', async () => {
    assert.ok((await items()) < 300, `${await items()} items`);
    assert.equal(await page.locator('.turns li').count(), turns);
    const height = await page.locator('main').evaluate((main) => main.scrollHeight);
    assert.ok(height > 50_000, `${height} pixels`);
  });

  it('folds tools, and cuts what is too long to read', async () => {
    const edit = page.locator('details.tool').first();
    assert.equal(await edit.evaluate((each: HTMLDetailsElement) => each.open), false);
    assert.match(await edit.locator('summary').innerText(), /✓ Edit · src\/basket\.js · \+1 −1 · 1\.6 s/);
    await edit.locator('summary').click({ position: { x: 4, y: 4 } });
    assert.deepEqual(await edit.locator('.diff > *').allInnerTexts().then((lines) => lines.map((line) => line.trimEnd())), [' one', '-two', '+three']);
    assert.ok((await edit.locator('pre').last().innerText()).length <= 20_000);
    await edit.getByRole('button', { name: 'Open All 10,000,005 Characters' }).click();
    await edit.getByRole('button', { name: 'Open Diff' }).click();
    await asked('openEdit', { record: `${id}:2`, block: 0, edit: 0 });
    await asked('openText', { record: `${id}:2`, block: 0, of: 'text' });
  });

  it('links files that are there, with their line, and no others', async () => {
    const link = page.locator('blockquote .file').first();
    assert.equal(await link.innerText(), 'src/basket.js:3');
    assert.equal(await page.locator('.file', { hasText: 'missing' }).count(), 0);
    await link.press('Enter');
    await asked('openFile', { path: 'src/basket.js', line: 3 });
  });

  it('goes to a turn from the outline, by keys too', async () => {
    await page.getByRole('button', { name: /Question number 320/ }).click();
    await page.locator('[data-turn="321"]').waitFor();
    await page.waitForFunction(() => document.activeElement?.matches('[data-item]'));
    assert.ok((await items()) < 400);
    await page.getByRole('button', { name: /Question number 320/ }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.locator('[data-turn="322"]').waitFor();
    await page.locator('.turns [aria-current]', { hasText: 'Question number 321' }).waitFor();
  });

  it('copies a turn and unfolds its tools', async () => {
    const turn = page.locator('[data-turn="322"]');
    await turn.getByRole('button', { name: 'Copy Turn' }).click();
    await asked('copyTurn', { turn: 322 });
    await turn.getByRole('button', { name: 'Fold or Unfold Tools' }).click();
    await page.locator('details.tool[open]').nth(3).waitFor();
    assert.match(await turn.innerText(), /4 tool uses · 10 tokens read, 3 written/);
  });

  it('finds in the whole session, unfolds what holds it and marks it', async () => {
    await page.keyboard.press('Control+F');
    await page.getByRole('searchbox').fill('out 4202');
    await page.locator('.count', { hasText: '1 of 1' }).waitFor();
    await page.locator('details[open] pre', { hasText: 'out 4202' }).waitFor();
    await page.waitForFunction(() => (CSS.highlights.get('found')?.size ?? 0) === 1);
    await page.getByRole('searchbox').fill('answer');
    await page.locator('.count', { hasText: /^\d+ of 500$/ }).waitFor();
    const before = await page.locator('.count').innerText();
    await page.keyboard.press('Enter');
    await page.waitForFunction((old) => document.querySelector('.count')?.textContent !== old, before);
    await page.getByRole('searchbox').fill('nowhere at all');
    await page.locator('.count', { hasText: 'Nothing found' }).waitFor();
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('.find').isVisible(), false);
  });

  it('is as it was after a reload', async () => {
    await page.getByRole('button', { name: /Question number 250/ }).click();
    const tool = page.locator('[data-item] details.tool', { hasText: 'echo 2501' });
    await tool.locator('summary').click({ position: { x: 4, y: 4 } });
    await page.waitForFunction(() => sessionStorage.getItem('state')?.includes('tool:long:2501'));
    const before = await top();
    await page.waitForTimeout(400);
    await page.reload();
    await page.locator('details.tool[open]', { hasText: 'echo 2501' }).waitFor();
    await page.waitForFunction((wanted) => {
      const edge = document.querySelector('main')?.getBoundingClientRect();
      const there = edge ? document.elementFromPoint(edge.left + edge.width / 2, edge.top + 40)?.closest('.slot')?.querySelector('[data-item]') : undefined;
      return there?.getAttribute('data-item') === wanted;
    }, before);
  });

  it('follows a session that goes on, without moving', async () => {
    const before = await top();
    await world?.core.record([message(turns * 10, 'user', [text('One more question')])], 'tool');
    await open.page.call('changed', { outline: world?.core.pages.outline(id) ?? null });
    await page.getByRole('button', { name: /One more question/ }).waitFor();
    assert.equal(await top(), before);
    await open.page.call('goTo', { text: 'one more QUESTION' });
    await page.locator('article', { hasText: 'One more question' }).waitFor();
    await open.page.call('changed', { outline: null });
    await page.getByText('This session is no longer in Daybook.').waitFor();
  });
});
