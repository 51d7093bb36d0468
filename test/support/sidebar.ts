/** Daybook's views in the side bar, as a test finds and reads them. */
import type { Locator, Page } from 'playwright-core';

const stepMs = 30_000;

export type ViewName = 'Today' | 'Sessions' | 'Health';

export async function openDaybook(page: Page): Promise<void> {
  const icon = page.locator('.activitybar').getByRole('tab', { name: 'Daybook' });
  await icon.waitFor({ timeout: stepMs });
  if ((await icon.getAttribute('aria-selected')) !== 'true') await icon.click();
  await view(page, 'Sessions').waitFor({ timeout: stepMs });
}

export function view(page: Page, name: ViewName): Locator {
  // The header may say more than the name, such as how many records there are.
  return page.locator('.sidebar .pane').filter({ has: page.getByRole('button', { name: new RegExp(`^${name}\\b.* Section$`) }) });
}

/** The lines of a view that hold the text. */
export function lines(page: Page, name: ViewName, text: string | RegExp): Locator {
  return view(page, name).locator('.monaco-list-row').filter({ hasText: text });
}

/** A list that is drawn anew while it is clicked closes its menu, or opens none: a person would click again. */
const attempts = 6;
const attemptMs = 4_000;

/** Opens the menu of a line and chooses from it. */
export async function chooseFromMenu(page: Page, line: Locator, item: string): Promise<void> {
  const menu = page.locator('.monaco-menu');
  for (let attempt = 1; ; attempt++) {
    try {
      await line.click({ button: 'right', timeout: attemptMs });
      await menu.getByText(item, { exact: true }).click({ timeout: attemptMs });
      await menu.waitFor({ state: 'hidden', timeout: attemptMs });
      return;
    } catch (error) {
      if (attempt === attempts) throw error;
      // What is open lies over everything and would take the next click.
      await page.keyboard.press('Escape');
    }
  }
}

/** Makes the side bar so many pixels wide. */
export async function widenSideBar(page: Page, width: number): Promise<void> {
  const box = await page.locator('.part.sidebar').boundingBox();
  if (box === null) throw new Error('The side bar is not open.');
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width, y);
  await page.mouse.down();
  await page.mouse.move(box.x + width, y, { steps: 4 });
  await page.mouse.up();
  // Off the edge, which glows under the pointer.
  await page.mouse.move(box.x + width / 2, 4);
}
