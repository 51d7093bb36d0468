/** The document inside the two frames of the webview that is seen. */
import type { Locator, Page } from 'playwright-core';

export async function webview(page: Page): Promise<Locator> {
  const frame = page.locator('iframe.webview.ready').contentFrame().locator('iframe#active-frame').contentFrame();
  const body = frame.locator('body');
  await body.waitFor();
  return body;
}
