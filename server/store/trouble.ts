/** Why the store cannot be written, as a problem that says where, and what to do. */

import { ProblemError, sentence } from '../../shared/problem.ts';
import type { troubleCodes } from '../../shared/trouble.ts';

type Code = (typeof troubleCodes)[number];

const elsewhere = 'or choose another folder with the setting daybook.dataDirectory';

interface Reason {
  readonly code: Code;
  /** @param place the file or folder, @param detail what the system said */
  readonly text: (place: string, detail: string) => string;
}

const full: Reason = { code: 'disk-full', text: (place) => `There is no space left on the disk of ${place}. Free some, ${elsewhere}.` };
const closed: Reason = {
  code: 'not-writable', text: (place) => `${place} cannot be written: this user has no permission. Give yourself permission to read and write it, ${elsewhere}.`,
};
const readOnly: Reason = { code: 'not-writable', text: (place) => `${place} cannot be written: its disk may only be read. Mount it for writing, ${elsewhere}.` };
const failing: Reason = { code: 'disk-failing', text: (place, detail) => `The disk of ${place} fails: ${detail}. Look after it, ${elsewhere}.` };
const busy: Reason = { code: 'database-busy', text: (place) => `Another program keeps the database of ${place} locked. End it, or wait until it is done.` };

const reasons: Readonly<Record<string, Reason>> = {
  ENOSPC: full, EDQUOT: full, EFBIG: full, SQLITE_FULL: full,
  EACCES: closed, EPERM: closed, SQLITE_PERM: closed, SQLITE_CANTOPEN: closed, SQLITE_READONLY: closed,
  EROFS: readOnly,
  EIO: failing, SQLITE_IOERR: failing,
  SQLITE_BUSY: busy, SQLITE_LOCKED: busy,
};

/**
 * The failure as a problem; what is a problem already, or no failure of the place, stays as it is.
 * @param root absolute path of the data directory
 */
export function writeTrouble(error: unknown, root: string): unknown {
  if (error instanceof ProblemError || !(error instanceof Error) || !('code' in error)) return error;
  const code = String(error.code);
  const reason = reasons[code] ?? (code.startsWith('SQLITE_') ? reasons[code.split('_', 2).join('_')] : undefined);
  if (!reason) return error;
  const file = 'path' in error && typeof error.path === 'string' ? error.path : root;
  // Of a disk it is the folder that a person knows, of a permission the very file.
  const message = reason.text(reason.code === 'not-writable' ? file : root, sentence(error));
  return new ProblemError({ code: reason.code, message, where: { file, setting: 'daybook.dataDirectory' } }, { cause: error });
}
