/** What can go wrong on the way to the disk, as sentences for the person who waits. */

import { ProblemError, sentence } from '../../shared/problem.ts';

const reasons: Readonly<Record<string, (path: string) => string>> = {
  ENOSPC: (path) => `There is no space left on the disk for ${path}.`,
  EDQUOT: (path) => `There is no space left for this user on the disk for ${path}.`,
  EFBIG: (path) => `${path} became larger than its disk allows.`,
  EROFS: (path) => `${path} cannot be written: its disk may only be read.`,
  EACCES: (path) => `${path} cannot be written: this user has no permission for its folder.`,
  EPERM: (path) => `${path} cannot be written: this user has no permission for it.`,
  ENOENT: (path) => `${path} cannot be written: its folder is not there.`,
  EEXIST: (path) => `${path} cannot be written: there is a file of that name.`,
  ENOTDIR: (path) => `${path} cannot be written: a part of its path is no folder.`,
  ENAMETOOLONG: (path) => `${path} cannot be written: its name is too long for this disk.`,
};

/** The failure of writing to `path`, as a problem; what is a problem already, and what is no failure of the disk, stays as it is. */
export function writeFailure(error: unknown, path: string): unknown {
  if (error instanceof ProblemError || !(error instanceof Error) || !('code' in error)) return error;
  const code = String(error.code);
  const reason = reasons[code]?.(path) ?? `${path} could not be written: ${sentence(error)}.`;
  return new ProblemError({ code: 'not-written', message: `${reason} Nothing was exported.`, where: { file: path } }, { cause: error });
}

/** What was asked for cannot be done; nothing was tried yet. */
export function refusal(code: string, message: string, file: string): ProblemError {
  return new ProblemError({ code, message, where: { file } });
}

/** Somebody said stop. */
export function stopped(): ProblemError {
  return new ProblemError({ code: 'cancelled', message: 'The export was stopped. Nothing was exported.' });
}
