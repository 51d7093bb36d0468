import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { writeSession } from '../support/demo/claudeCode.ts';
import { sessions } from '../support/demo/sessions.ts';
import { lines, openDaybook } from '../support/sidebar.ts';
import { temporaryFolder } from '../support/temporary.ts';
import type { TemporaryFolder } from '../support/temporary.ts';
import { openWorkbench } from '../support/workbench.ts';
import type { Workbench } from '../support/workbench.ts';

const pick = (page: Page, text: string | RegExp): Promise<void> =>
  page.locator('.quick-input-list .monaco-list-row').filter({ hasText: text }).first().click();

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
    await input.waitFor();
    await input.fill(output);
    await page.locator('.quick-input-widget').getByText(/^(OK|Export)$/).first().click();
    await page.getByText(/Daybook exported \d+ sessions, .* to taken out\.jsonl\./).first().waitFor();
    await workbench.screenshot('export-done');

    const examples = (await readFile(output, 'utf8')).trimEnd().split('\n').map((line) => JSON.parse(line) as { messages: readonly unknown[] });
    assert.ok(examples.length >= sessions.length && examples.every(({ messages }) => messages.length > 0));
  });
});
