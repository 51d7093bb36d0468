/**
 * The fixture of a person's path: the packaged extension, installed in a fresh VS Code, in a real browser.
 * Tests in test/e2e use it; `npm run test:e2e` packages the extension and says here where it lies.
 */
import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { screenshots } from './places.ts';
import { browserCode } from './vscode/available.ts';
import type { CodeServer } from './vscode/codeServer.ts';
import { openPage } from './vscode/page.ts';
import { createProfile } from './vscode/profile.ts';
import { installExtension, serve } from './vscode/serve.ts';
import { writeWorkspace } from './workspace.ts';

/** Names the packaged extension, absolute path. */
export const vsixVariable = 'DAYBOOK_TEST_VSIX';

export interface WorkbenchOptions {
  /** Folder to open, absolute; by default a small one that is made for the test. */
  readonly workspace?: string;
  /** Home in which the importers look, absolute; by default an empty one. */
  readonly home?: string;
  /** Further user settings. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

export interface Workbench {
  readonly page: Page;
  readonly workspace: string;
  readonly home: string;
  readonly userData: string;
  /** Where the extension keeps its records. */
  readonly dataDir: string;
  /** Runs a command by the title that the command palette shows, such as `Daybook: Search`. */
  command(title: string): Promise<void>;
  /** Opens a file of the workspace in the editor, by its path relative to it. */
  openFile(path: string): Promise<void>;
  /** Keeps what is on the screen in .vscode-test/screenshots/<name>.png and returns the path. */
  screenshot(name: string): Promise<string>;
  /** Closes the browser, ends VS Code and removes the profile. */
  close(): Promise<void>;
}

const startMs = 60_000;
const stepMs = 15_000;

const pages = new Set<Page>();

/** Closes menus, questions and the palette, in every workbench that is open. */
export async function closeLeftovers(): Promise<void> {
  for (const page of pages) for (let press = 0; press < 3; press++) await page.keyboard.press('Escape');
}

export async function openWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  const vsix = process.env[vsixVariable];
  if (vsix === undefined) throw new Error('There is no packaged extension to test. Run these tests with: npm run test:e2e');
  const available = await browserCode();
  if ('reason' in available) throw new Error(available.reason);
  const { home, settings } = options;
  const profile = await createProfile({
    ...(home === undefined ? {} : { home }),
    settings: (root) => ({ 'daybook.dataDirectory': join(root, 'data'), ...settings }),
  });
  const workspace = options.workspace ?? (await writeWorkspace(join(profile.root, 'shop')));
  await cp(await installed(available.code, vsix), profile.extensions, { recursive: true });
  const served = await serve(available.code, profile);
  const { page, close } = await openPage(available.browser);
  pages.add(page);
  await page.goto(served.address(workspace));
  await page.locator('.monaco-workbench .statusbar').waitFor({ timeout: startMs });
  return {
    page,
    workspace,
    home: profile.home,
    userData: profile.userData,
    dataDir: join(profile.root, 'data'),
    command: (title) => choose(page, '>', title),
    openFile: (path) => choose(page, '', path),
    screenshot: (name) => screenshot(page, name),
    close: async () => {
      pages.delete(page);
      await close();
      await served.stop();
      await profile.remove();
    },
  };
}

let extensions: Promise<string> | undefined;

/** VS Code installs the extension once; the folder in which it did is copied for each workbench. */
function installed(code: CodeServer, vsix: string): Promise<string> {
  extensions ??= createProfile().then(async (profile) => {
    await installExtension(code, profile, vsix);
    return profile.extensions;
  });
  return extensions;
}

/** What else happens in the window may take the focus as the input opens, and then it is gone: a person would open it again. */
const attempts = 4;
const attemptMs = 4_000;

/** VS Code's quick input: with `>` it finds commands, without it files. */
async function choose(page: Page, prefix: '>' | '', text: string): Promise<void> {
  const input = page.locator('.quick-input-widget input[type="text"]');
  for (let attempt = 1; ; attempt++) {
    await page.keyboard.press('F1');
    try {
      await input.fill(`${prefix}${text}`, { timeout: attemptMs });
      break;
    } catch (error) {
      if (attempt === attempts) throw error;
      await page.keyboard.press('Escape');
    }
  }
  const name = prefix === '>' ? text : text.slice(text.lastIndexOf('/') + 1);
  const row = page.locator('.quick-input-list .monaco-list-row').filter({ hasText: name }).first();
  await row.waitFor({ timeout: stepMs });
  await row.click();
}

async function screenshot(page: Page, name: string): Promise<string> {
  await mkdir(screenshots, { recursive: true });
  const path = join(screenshots, `${name}.png`);
  await page.screenshot({ path });
  return path;
}
