/** A folder to work in for each test: made fresh, removed afterwards. */

import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Call at the top of a `describe`; `path` is absolute and another one in each test. */
export function folderForEachTest(): { readonly path: string } {
  const folder = { path: '' };
  beforeEach(() => {
    folder.path = realpathSync(mkdtempSync(join(tmpdir(), 'daybook-test-')));
  });
  afterEach(() => {
    rmSync(folder.path, { recursive: true, force: true, maxRetries: 5 });
  });
  return folder;
}
