/** The colour theme of a workbench, chosen as a person would. */
import type { Workbench } from './workbench.ts';

const classes = { 'Dark High Contrast': 'hc-black', 'Light High Contrast': 'hc-light' } as const;
const stepMs = 30_000;

export async function highContrast({ page, command }: Workbench, name: keyof typeof classes): Promise<void> {
  await command('Preferences: Color Theme');
  await page.locator('.quick-input-widget input[type="text"]').fill(name);
  await page.locator('.quick-input-list .monaco-list-row').filter({ hasText: name }).first().click();
  await page.locator(`.monaco-workbench.${classes[name]}`).waitFor({ timeout: stepMs });
}

/** With `window.autoDetectColorScheme`: shows the page in both. */
export async function inBothSchemes({ page }: Workbench, look: (scheme: 'dark' | 'light') => Promise<unknown>): Promise<void> {
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.locator(`.monaco-workbench.${scheme === 'dark' ? 'vs-dark' : 'vs'}`).waitFor({ timeout: stepMs });
    // Colours fade.
    await page.waitForTimeout(400);
    await look(scheme);
  }
}
