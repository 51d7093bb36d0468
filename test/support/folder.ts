/** A folder to work in for each test: made fresh, removed afterwards. */

import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Call at the top of a `describe`; `path` is absolute and another one in each test. */
export function folderForEachTest(): { readonly path: string } {
  const folder = { path: '' };
  beforeEach(() => {
    folder.path = newFolder();
  });
  afterEach(() => remove(folder.path));
  return folder;
}

/** The same, one for all tests of the `describe`. */
export function folderForAll(): { readonly path: string } {
  const folder = { path: '' };
  before(() => {
    folder.path = newFolder();
  });
  after(() => remove(folder.path));
  return folder;
}

function newFolder(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), 'daybook-test-')));
}

function remove(path: string): void {
  rmSync(path, { recursive: true, force: true, maxRetries: 5 });
}
