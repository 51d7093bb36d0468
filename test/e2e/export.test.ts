import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { note, noRules, openWith, token } from '../server/redacting/older.ts';
import { writeSession } from '../support/demo/claudeCode.ts';
import { sessions } from '../support/demo/sessions.ts';
import { traces } from '../support/search.ts';
import { lines, openDaybook } from '../support/sidebar.ts';
import { temporaryFolder } from '../support/temporary.ts';
import type { TemporaryFolder } from '../support/temporary.ts';
import { openWorkbench } from '../support/workbench.ts';
import type { Workbench } from '../support/workbench.ts';

const pick = (page: Page, text: string | RegExp): Promise<void> =>
  page.locator('.quick-input-list .monaco-list-row').filter({ hasText: text }).first().click();

const stepMs = 30_000;

/** Files take their names when they are whole. */
async function written(path: string): Promise<string> {
  for (const end = Date.now() + stepMs; !existsSync(path) && Date.now() < end;) await new Promise((resolve) => setTimeout(resolve, 50));
  return readFile(path, 'utf8');
}

describe('Export', () => {
  let home: TemporaryFolder;
  let workbench: Workbench;

  before(async () => {
    home = await temporaryFolder();
    for (const session of sessions) await writeSession(home.path, session);
    workbench = await openWorkbench({ home: home.path });
    await openDaybook(workbench.page);
    await lines(workbench.page, 'Sessions', sessions[0]?.title ?? '').waitFor();
  });

  after(async () => {
    await workbench?.close();
    await home.remove();
  });

  it('asks what, in which format and where, and says beforehand what it would be', async () => {
    const { page } = workbench;
    await workbench.command('Daybook: Export…');
    await pick(page, 'Everything');
    await page.getByText('For people').first().waitFor();
    await workbench.screenshot('export-formats');
    await page.locator('.quick-input-widget input[type="text"]').fill('openai');
    await pick(page, 'openai');

    const dialog = page.locator('.monaco-dialog-box');
    await dialog.getByText(/^Export \d+ sessions, [\d.]+ KB as /).waitFor();
    await dialog.getByText('This format loses:').waitFor();
    await workbench.screenshot('export-preview');
    await dialog.getByRole('button', { name: 'Choose Where…' }).click();

    const output = join(home.path, 'taken out.jsonl');
    const input = page.locator('.quick-input-widget input[type="text"]');
    // The dialog begins with a name of its own, and forgets what is typed before.
    await page.waitForFunction((place) => document.querySelector<HTMLInputElement>('.quick-input-widget input[type="text"]')?.value.startsWith(place), home.path);
    await input.fill(output);
    await page.keyboard.press('Enter');
    const examples = (await written(output)).trimEnd().split('\n').map((line) => JSON.parse(line) as { messages: readonly unknown[] });
    await workbench.screenshot('export-done');
    assert.ok(examples.length >= sessions.length && examples.every(({ messages }) => messages.length > 0));
  });

  it('makes a dataset: which examples, which splits, and what it would be, before it is asked where', async () => {
    const { page } = workbench;
    const input = page.locator('.quick-input-widget input[type="text"]');
    await workbench.command('Daybook: Export…');
    await pick(page, 'Everything');
    await page.getByText('For people').first().waitFor();
    await input.fill('dataset');
    await pick(page, 'Dataset folder…');
    await page.getByText('Which examples?').or(page.getByPlaceholder('Which examples?')).first().waitFor();
    await pick(page, 'huggingface');
    await pick(page, 'By time');
    await page.waitForFunction(() => document.querySelector<HTMLInputElement>('.quick-input-widget input[type="text"]')?.value === '90, 5, 5');
    await input.fill('60, 20, 20');
    await page.keyboard.press('Enter');
    const dialog = page.locator('.monaco-dialog-box');
    await dialog.getByText(/^Export a dataset as /).waitFor();
    await workbench.screenshot('export-dataset-preview');
    await dialog.getByRole('button', { name: 'Choose Where…' }).click();
    const output = join(home.path, 'examples');
    await page.waitForFunction((place) => document.querySelector<HTMLInputElement>('.quick-input-widget input[type="text"]')?.value.startsWith(place), home.path);
    await input.fill(output);
    await page.keyboard.press('Enter');
    const manifest = JSON.parse(await written(join(output, 'manifest.json'))) as { splits: readonly unknown[]; split: { by: string; shares: readonly number[] } };
    assert.deepEqual([manifest.split.by, manifest.split.shares], ['time', [60, 20, 20]]);
    await page.getByText(/Daybook exported train \d+/).first().waitFor();
    await workbench.screenshot('export-dataset-done');
  });

  it('redacts the past: says what it finds, asks, and says that nothing is left of it', async () => {
    const { page, dataDir } = workbench;
    // Another program on the same folder, one that knew no rules.
    const older = openWith(noRules, home.path, dataDir);
    await older.record([note(randomUUID(), `before ${token} after`)], 'test');
    await older.close();
    await workbench.command('Daybook: Redact the Past…');
    const dialog = page.locator('.monaco-dialog-box');
    await dialog.getByText(/^Redact \d+ secrets?\?$/).waitFor();
    await dialog.getByText(/^In \d+ lines? of the journal, of 1 day\./).waitFor();
    await workbench.screenshot('redact-preview');
    await dialog.getByRole('button', { name: 'Redact', exact: true }).click();
    const said = page.getByText(/Redacted \d+ secrets?\./).first();
    await said.waitFor();
    await workbench.screenshot('redact-done');
    assert.match(await said.innerText(), /A search of the data folder finds none of them any more\./);
    assert.deepEqual(traces(join(dataDir, 'journal'), token), []);
  });
});
