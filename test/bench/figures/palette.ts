import { cpSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { root } from '../../support/places.ts';
import { browserCode } from '../../support/vscode/available.ts';
import { openPage } from '../../support/vscode/page.ts';
import { createProfile } from '../../support/vscode/profile.ts';
import { serve } from '../../support/vscode/serve.ts';
import { writeWorkspace } from '../../support/workspace.ts';
import { median, percentile, plainRow, type Bench, type Figure } from '../figure.ts';
import { commonWord, planted } from '../workload.ts';

const times = 10;
/** Between two keys: as somebody types who knows the word. */
const keyMs = 110;
/** After the last change of the list nothing more comes. */
const restMs = 700;
const startMs = 60_000;
const typed = [planted.once, planted.sometimes, commonWord, 'return', `${commonWord} return const`, planted.threeWords.join(' ')];

/** A person who types in the palette of a real VS Code, in a browser, on the large store: from the last key to the last change of the list. */
export const palette: Figure = {
  name: 'palette',
  isApart: true,
  async measure(bench) {
    const { folder } = await bench.large();
    const available = await browserCode();
    if ('reason' in available) return [{ figure: 'results in the palette', missing: available.reason }];
    // The window writes what it does: the store that others measure stays as it is.
    const data = join(bench.folder(), 'data');
    cpSync(folder, data, { recursive: true });
    const profile = await createProfile({ settings: () => ({ 'daybook.dataDirectory': data }) });
    try {
      const served = await serve(available.code, profile);
      const { page, close } = await openPage(available.browser);
      try {
        await page.goto(served.address(await writeWorkspace(join(profile.root, 'shop')), { extensionDevelopmentPath: process.env['DAYBOOK_BENCH_EXTENSION'] ?? root }));
        return await look(bench, page);
      } finally {
        await close();
        await served.stop();
      }
    } finally {
      await profile.remove();
    }
  },
};

async function look(bench: Bench, page: Page): Promise<ReturnType<typeof plainRow>[]> {
  await page.locator('.statusbar').getByRole('button', { name: 'Daybook is recording' }).waitFor({ timeout: startMs });
  await page.evaluate(watchList);
  const waited: number[] = [];
  for (const text of typed) {
    // The first is left out: it opens what the others find open, as the keys before do for a person.
    const taken: number[] = [];
    for (let done = 0; done <= times; done++) taken.push(await afterLastKey(page, text));
    waited.push(...taken.slice(1));
    bench.say(`  “${text}”: ${taken.map((each) => Math.round(each)).join(' ')}`);
  }
  return [
    plainRow('results in the palette of a real VS Code after the last key, median', 'ms', median(waited), 100),
    plainRow('results in the palette of a real VS Code after the last key, 95 of 100', 'ms', percentile(waited, 0.95), 150),
  ];
}

interface Watched {
  /** When the last key came and when the list was last drawn, of the page's clock. */
  keyAt: number;
  drawnAt: number;
}

/** In the page: notes each key, and each frame in which the list has changed. */
function watchList(): void {
  const seen: Watched = { keyAt: 0, drawnAt: 0 };
  Object.assign(window, { seen });
  document.addEventListener('keydown', () => (seen.keyAt = performance.now()), true);
  const isList = (node: Node): boolean => Boolean((node instanceof Element ? node : node.parentElement)?.closest('.quick-input-list .monaco-list-rows'));
  new MutationObserver((changes) => {
    if (changes.some(({ target }) => isList(target))) requestAnimationFrame(() => (seen.drawnAt = performance.now()));
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
}

/** Milliseconds. */
async function afterLastKey(page: Page, text: string): Promise<number> {
  const input = page.getByPlaceholder('Search what was asked');
  const rows = page.locator('.quick-input-list .monaco-list-row');
  await page.keyboard.press('Control+Alt+H');
  await input.waitFor();
  await rows.first().waitFor();
  await page.keyboard.type(text, { delay: keyMs });
  const found = rows.filter({ hasText: new RegExp(text.split(' ')[0] ?? '', 'i') });
  await found.first().waitFor();
  await page.waitForTimeout(restMs);
  const { keyAt, drawnAt } = await page.evaluate(() => (window as unknown as { seen: Watched }).seen);
  if (drawnAt <= keyAt) throw new Error(`The list did not change after the last key of “${text}”.`);
  await page.keyboard.press('Escape');
  await input.waitFor({ state: 'hidden' });
  return drawnAt - keyAt;
}
