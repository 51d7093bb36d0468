/**
 * The binary of SQLite with encryption (better-sqlite3-multiple-ciphers). It speaks the interface of better-sqlite3, which loads it in the
 * place of its own. Nothing of it is loaded, or looked for, where the record is not encrypted, and not every package of Daybook has it.
 */

import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ProblemError } from '../../../shared/problem.ts';

/** Absolute path. @throws ProblemError `encryption-missing` */
export function cipherBinding(): string {
  const name = `${platformName()}.node`;
  // Beside the bundles of a package; in a checkout, that of the module.
  const found = [join(import.meta.dirname, '..', 'ciphers', name), ...ofModule(name)].find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new ProblemError({
    code: 'encryption-missing',
    message: 'This package of Daybook cannot open or make an encrypted record: it has no SQLite with encryption for this platform. Install the package daybook-encryption of the same version in its place.',
  });
}

/** Whether this package of Daybook can encrypt on this platform. */
export function canEncrypt(): boolean {
  try {
    return cipherBinding() !== '';
  } catch {
    return false; // said by whoever is asked to encrypt
  }
}

function ofModule(name: string): string[] {
  try {
    return [join(dirname(createRequire(import.meta.url).resolve('better-sqlite3-multiple-ciphers/package.json')), 'prebuilds', name)];
  } catch {
    return []; // a package without it
  }
}

/** As the module names its binaries. */
function platformName(): string {
  return `${process.platform === 'linux' && isMusl() ? 'linuxmusl' : process.platform}-${process.arch}`;
}

function isMusl(): boolean {
  const { header } = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  return header?.glibcVersionRuntime === undefined;
}
