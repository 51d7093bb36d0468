/** A browser page that a test drives. */
import { chromium } from 'playwright-core';
import type { Page } from 'playwright-core';
import { atEnd } from '../endings.ts';
import type { Browser } from './browser.ts';

export interface OpenPage {
  readonly page: Page;
  close(): Promise<void>;
}

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const startMs = 60_000;

/** A headless browser with a fresh profile and one empty page. */
export async function openPage(browser: Browser): Promise<OpenPage> {
  const running = await chromium.launch({
    executablePath: browser.executable,
    args: flags,
    env: { ...process.env, ...browser.env },
    timeout: startMs,
    // Signals are answered in one place, endings.ts.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  const close = async (): Promise<void> => {
    forget();
    await running.close();
  };
  const forget = atEnd(close);
  const context = await running.newContext({ viewport: { width: 1280, height: 800 } });
  return { page: await context.newPage(), close };
}
