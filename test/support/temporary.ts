/** Temporary folders with short names, gone when they are removed or when the process ends. */
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { atEnd } from './endings.ts';
import { shortTemporary } from './places.ts';

export interface TemporaryFolder {
  /** Absolute, with no link in it. */
  readonly path: string;
  remove(): Promise<void>;
}

export async function temporaryFolder(): Promise<TemporaryFolder> {
  const path = await realpath(await mkdtemp(join(shortTemporary, 'daybook-')));
  const remove = async (): Promise<void> => {
    forget();
    // A process that is ending may still write into it.
    await rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  const forget = atEnd(remove);
  return { path, remove };
}
