/**
 * What editors were told of rules of redaction of a person's own, in the data directory: the same record is redacted alike by every window, every
 * thread and the command line. Rules of all editors hold, and what any of them allows. Two editors that note something at the same moment may lose
 * one of the two entries, until that editor starts again.
 */

import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { ProblemError, sentence, type Problem } from '../shared/problem.ts';
import { noChoice, type RedactionChoice } from '../shared/userRules.ts';
import { compileUserRules, type UserRules } from './ingest/redaction/user/userRules.ts';
import { fingerprintIn } from './redactionKey.ts';

/** Name of the file in the data directory. */
export const redactionFile = 'redaction.json';

const list = v.pipe(v.array(v.unknown()), v.maxLength(10_000));
const schema = v.object({ version: v.literal(1), editors: v.record(v.string(), v.object({ rules: list, allow: list, personal: list })) });

type Editors = Readonly<Record<string, RedactionChoice>>;

/**
 * Notes what an editor was told. Nothing is written where that is known already; an editor without anything has no entry.
 * @param editor its name, as it gives it
 * @throws ProblemError when the file cannot be written
 */
export function noteRedaction(dataDirectory: string, editor: string, { rules, allow, personal }: RedactionChoice): void {
  const path = join(dataDirectory, redactionFile);
  const known = knownEditors(path);
  const now = rules.length + allow.length + personal.length > 0 ? { rules, allow, personal } : undefined;
  const { [editor]: before, ...others } = known ?? {};
  if (known && JSON.stringify(before) === JSON.stringify(now)) return;
  // All windows of an editor are told at the same moment: each writes a file of its own.
  const partial = `${path}.${process.pid}.partial`;
  try {
    mkdirSync(dataDirectory, { recursive: true, mode: 0o700 });
    rmSync(partial, { force: true });
    writeFileSync(partial, `${JSON.stringify({ version: 1, editors: { ...others, ...(now && { [editor]: now }) } }, null, 2)}\n`, { mode: 0o600, flag: 'wx', flush: true });
    renameSync(partial, path);
  } catch (error) {
    rmSync(partial, { force: true });
    const message = `The rules of daybook.redaction could not be noted in ${path}: ${sentence(error)}. Those that were noted before hold.`;
    throw new ProblemError({ code: 'not-noted', message, where: { file: path } }, { cause: error });
  }
}

/**
 * The rules that hold, compiled, and what is wrong with them.
 * @param home absolute path of the home directory
 * @throws ProblemError when the file is there and cannot be read: under which rules to record is not known then
 */
export function toldRules(dataDirectory: string, home: string): { readonly rules: UserRules; readonly problems: readonly Problem[] } {
  const path = join(dataDirectory, redactionFile);
  try {
    const { rules, problems } = compileUserRules(joined(Object.values(editorsIn(path))), home);
    return { rules: { ...rules, fingerprint: fingerprintIn(dataDirectory) }, problems };
  } catch (error) {
    const message = `The rules of daybook.redaction cannot be read from ${path}: ${sentence(error)}. An editor with Daybook writes it anew when it starts.`;
    throw new ProblemError({ code: 'rules-unreadable', message, where: { file: path } }, { cause: error });
  }
}

function joined(choices: readonly RedactionChoice[]): RedactionChoice {
  const distinct = (of: keyof RedactionChoice): unknown[] => [...new Map(choices.flatMap((choice) => choice[of]).map((each) => [JSON.stringify(each), each])).values()];
  return { rules: distinct('rules'), allow: distinct('allow'), personal: distinct('personal') };
}

function editorsIn(path: string): Editors {
  try {
    return v.parse(schema, JSON.parse(readFileSync(path, 'utf8'))).editors;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}

/** Undefined for a file that holds something else: it is written anew, and every editor notes its own again. */
function knownEditors(path: string): Editors | undefined {
  try {
    return editorsIn(path);
  } catch (error) {
    if (error instanceof SyntaxError || v.isValiError(error)) return undefined;
    const message = `The rules of daybook.redaction cannot be read from ${path}: ${sentence(error)}.`;
    throw new ProblemError({ code: 'not-noted', message, where: { file: path } }, { cause: error });
  }
}

/** What a client said, as far as it has the right form. */
export function readChoice(given: unknown): RedactionChoice {
  const choice = (typeof given === 'object' && given !== null ? given : {}) as Readonly<Record<string, unknown>>;
  const listOf = (name: keyof RedactionChoice): readonly unknown[] => (Array.isArray(choice[name]) ? choice[name] as unknown[] : noChoice[name]);
  return { rules: listOf('rules'), allow: listOf('allow'), personal: listOf('personal') };
}
