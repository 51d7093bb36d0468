/** VS Code in a browser, where both can be had. */
import { findBrowser } from './browser.ts';
import type { Browser } from './browser.ts';
import { codeServer } from './codeServer.ts';
import type { CodeServer } from './codeServer.ts';

export interface BrowserCode {
  readonly code: CodeServer;
  readonly browser: Browser;
}

export interface Unavailable {
  /** One sentence for people. */
  readonly reason: string;
}

export async function browserCode(): Promise<BrowserCode | Unavailable> {
  if (process.platform === 'win32') return { reason: 'VS Code in a browser (code-server) does not run on Windows.' };
  try {
    return { browser: await findBrowser(), code: await codeServer() };
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}
