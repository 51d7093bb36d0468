/**
 * The levels that editors were told, in the data directory: by them the command line, too, knows what may leave in an export. An editor has
 * an entry as long as it allows less than everything somewhere. Two editors that note something at the same moment may lose one of the two
 * entries, until that editor starts again.
 */

import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { consentIn, readConsent, type Consent } from '../shared/consent.ts';
import { lower, type ConsentLevel } from '../shared/consentLevel.ts';
import { ProblemError, sentence } from '../shared/problem.ts';

/** Name of the file in the data directory. */
export const consentFile = 'consent.json';

const schema = v.object({ version: v.literal(1), editors: v.record(v.string(), v.looseObject({})) });

/**
 * Notes what an editor was told. Nothing is written where that is known already.
 * @param editor its name, as it gives it
 * @throws ProblemError when the file cannot be written
 */
export function noteConsent(dataDirectory: string, editor: string, { default: other, folders }: Consent): void {
  const path = join(dataDirectory, consentFile);
  const known = knownEntries(path);
  const isLess = [other, ...Object.values(folders)].some((level) => level !== 'full');
  const sorted = Object.fromEntries(Object.entries(folders).sort(([a], [b]) => (a < b ? -1 : 1)));
  const { [editor]: before, ...others } = known ?? {};
  const now = isLess ? { default: other, folders: sorted } : undefined;
  if (known && JSON.stringify(before) === JSON.stringify(now)) return;
  const editors = { ...others, ...(now && { [editor]: now }) };
  // All windows of an editor are told at the same moment: each writes a file of its own.
  const partial = `${path}.${process.pid}.partial`;
  try {
    mkdirSync(dataDirectory, { recursive: true, mode: 0o700 });
    rmSync(partial, { force: true });
    // A link that is put there is not followed.
    writeFileSync(partial, `${JSON.stringify({ version: 1, editors }, null, 2)}\n`, { mode: 0o600, flag: 'wx', flush: true });
    renameSync(partial, path);
  } catch (error) {
    rmSync(partial, { force: true });
    const message = `The levels of daybook.consent could not be noted in ${path}: ${sentence(error)}. Exports go by those that were noted before.`;
    throw new ProblemError({ code: 'not-noted', message, where: { file: path } }, { cause: error });
  }
}

/**
 * The level of a folder, the most careful of all editors; full where nobody was told anything else.
 * @throws ProblemError when the file is there and cannot be read: what may leave is not known then
 */
export function toldLevels(dataDirectory: string): (folder: string | undefined) => ConsentLevel {
  const path = join(dataDirectory, consentFile);
  const consents = entriesOf(path).map(([, given]) => readConsent(given));
  return (folder) => consents.map((consent) => (folder === undefined ? consent.default : consentIn(consent, folder))).reduce<ConsentLevel>(lower, 'full');
}

function entriesOf(path: string): [string, object][] {
  try {
    return Object.entries(v.parse(schema, JSON.parse(readFileSync(path, 'utf8'))).editors);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    const message = `What daybook.consent allows to leave cannot be read from ${path}: ${sentence(error)}. An editor with Daybook writes it anew when it starts.`;
    throw new ProblemError({ code: 'consent-unreadable', message, where: { file: path } }, { cause: error });
  }
}

/** Undefined for a file that holds something else: it is written anew, and every editor notes its own again. */
function knownEntries(path: string): Readonly<Record<string, object>> | undefined {
  try {
    return Object.fromEntries(entriesOf(path));
  } catch (error) {
    if (error instanceof ProblemError && !(error.cause instanceof Error && 'code' in error.cause)) return undefined;
    throw error;
  }
}
