import { basename, dirname, isAbsolute, join } from 'node:path';
import type { Problem } from '../../shared/problem.ts';

/** The directory that `daybook.dataDirectory` means: none for the default; `~` is the home directory; a relative path is a problem. */
export function dataDirectoryOf(value: string, home: string): { readonly path?: string; readonly problem?: Problem } {
  const trimmed = value.trim();
  if (trimmed === '') return {};
  const path = /^~(?=[/\\]|$)/.test(trimmed) ? join(home, trimmed.slice(1)) : trimmed;
  if (isAbsolute(path)) return { path };
  return {
    problem: {
      code: 'relative-data-directory',
      message: `The setting daybook.dataDirectory is not an absolute path: "${trimmed}". The default directory is used until it is.`,
      where: { setting: 'daybook.dataDirectory' },
    },
  };
}

/**
 * The `User` directory of the editor that runs the extension, found from the extension's own global storage:
 * `<user data>/User/globalStorage/<extension>`, with `profiles/<id>` after `User` for a profile. Undefined for anything else.
 */
export function userDirectoryOf(globalStorage: string): string | undefined {
  const storage = dirname(globalStorage);
  if (basename(storage) !== 'globalStorage') return undefined;
  const directory = dirname(storage);
  return basename(dirname(directory)) === 'profiles' ? dirname(dirname(directory)) : directory;
}
