/**
 * Forgetting, in files that were exported. Where a file has a record or an example a line, those lines go; of anything else it is said that it
 * holds some of it, and it goes where the person wants that. The files are a person's own: nothing is changed that nobody asked for.
 */

import { rm } from 'node:fs/promises';
import { basename, dirname, relative, sep } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { ExportChoice, ExportsToForget, FileOfLines, ForgottenExports, OutOfReach } from '../../shared/exported.ts';
import { dropExported } from '../export/ledger.ts';
import { parseRecord } from '../store/payload.ts';
import { contentsOf, isOfFile, openFile, piecesOf } from './contents.ts';
import { renewDataset } from './datasets.ts';
import { goes, isExact, judgedRows, makeUpOf, marksIn, type Going } from './judging.ts';
import { knownFiles, type KnownFile } from './known.ts';
import { createMarks, type Mark, type Marks } from './marks.ts';
import { ChangedMeanwhile, rewriteFile } from './rewriteFile.ts';

export interface ExportedDeps {
  /** Absolute path. */
  readonly dataDirectory: string;
  /** The record as it is now. */
  readonly journal: { files(): readonly string[]; lines(path: string): Iterable<Buffer> };
}

/** What was found, and what can be done about it. */
export interface LookedInto {
  readonly found: ExportsToForget;
  /** Takes it out. A process that dies in between leaves each file as it was or as it is to be. */
  take(choice: ExportChoice): Promise<void>;
  /** Looks once more, now that it is forgotten. */
  receipt(): Promise<ForgottenExports>;
}

/** Lines of the journal between which others get their turn. */
const linesAtOnce = 1_000;

/** Looks before anything is forgotten: it goes by what is to go. */
export async function lookIntoExports({ dataDirectory, journal }: ExportedDeps, going: Going): Promise<LookedInto> {
  const known = await knownFiles(dataDirectory);
  const outOfReach: OutOfReach[] = [...known.outOfReach];
  const marks = known.files.length > 0 ? await marksOf(journal, going, known.files) : createMarks().marks();
  const found = { lines: [] as FileOfLines[], documents: [] as string[], outOfReach };
  const held = await holding(known.files, going, marks, outOfReach);
  for (const { file, lines } of held) {
    if (file.format === undefined) outOfReach.push({ path: file.path, reason: 'not noted' });
    else if (makeUpOf(file) === 'document') found.documents.push(file.path);
    else found.lines.push({ path: file.path, lines });
  }
  const done = { rewritten: [] as FileOfLines[], deleted: [] as string[] };

  async function takeLines(): Promise<void> {
    const rewritten: { readonly file: KnownFile; readonly lines: number }[] = [];
    for (const each of held.filter(({ file }) => file.format !== undefined && !['document', 'papers'].includes(makeUpOf(file)))) {
      if (await isDone(each.file.path, outOfReach, () => rewriteFile(each.file.path, (pieces) => kept(each.file, pieces, going, marks)))) rewritten.push(each);
    }
    const papers = held.filter(({ file }) => makeUpOf(file) === 'papers');
    const folders = new Set([...rewritten, ...papers].flatMap(({ file }) => (file.dataset ? [file.folder] : [])));
    for (const folder of folders) {
      const less = new Map(rewritten.flatMap(({ file, lines }) => (file.folder === folder ? [[relative(folder, file.path).split(sep).join('/'), lines] as const] : [])));
      const isRenewed = await isDone(folder, outOfReach, () => renewDataset(folder, less, going));
      if (isRenewed) rewritten.push(...papers.filter(({ file }) => file.folder === folder));
    }
    done.rewritten.push(...rewritten.map(({ file, lines }) => ({ path: file.path, lines })));
  }

  return {
    found,
    async take(choice) {
      if (choice !== 'keep') await takeLines();
      if (choice !== 'delete') return;
      for (const path of found.documents) if (await isDone(path, outOfReach, () => rm(path))) done.deleted.push(path);
      await dropExported(dataDirectory, new Set(done.deleted)).catch(() => undefined); // they are looked for in vain next time
    },
    async receipt() {
      if (held.length === 0) return { ...done, left: [], outOfReach };
      const after = await knownFiles(dataDirectory);
      const left = await holding(after.files.filter(({ format }) => format !== undefined), going, marks, []);
      return { ...done, left: left.map(({ file }) => file.path), outOfReach };
    },
  };
}

/** By what it is told, of what of it is in one of the files and in nothing that stays. */
async function marksOf(journal: ExportedDeps['journal'], going: Going, files: readonly KnownFile[]): Promise<Marks> {
  const making = createMarks();
  for (const name of going.sessions) making.addName(name);
  for await (const line of linesOf(journal)) {
    const record = parseRecord(line);
    if (record && goes(going, record)) making.add(record);
  }
  const all = making.marks();
  const met = new Set<Mark>();
  for (const { path } of files.filter((file) => !isExact(makeUpOf(file)))) {
    for (const mark of await marksIn(path, all).catch((error: unknown): Mark[] => ignored(error))) met.add(mark);
  }
  if (met.size === 0) return all.only(met);
  const some = all.only(met);
  const stays = new Set<Mark>();
  const here = new Set<Mark>();
  const looking = some.look((mark) => here.add(mark));
  for await (const line of linesOf(journal)) {
    here.clear();
    looking.take(line);
    looking.end();
    if (here.size === 0) continue;
    const record = parseRecord(line);
    if (record && !goes(going, record)) for (const mark of here) stays.add(mark);
  }
  return some.without(stays);
}

async function* linesOf(journal: ExportedDeps['journal']): AsyncGenerator<Buffer> {
  let count = 0;
  for (const path of journal.files()) {
    for (const line of journal.lines(path)) {
      if (++count % linesAtOnce === 0) await setImmediate();
      yield line;
    }
  }
}

/** The files that hold some of it, with how many of their rows do. */
async function holding(files: readonly KnownFile[], going: Going, marks: Marks, outOfReach: OutOfReach[]): Promise<{ readonly file: KnownFile; readonly lines: number }[]> {
  const held: { readonly file: KnownFile; readonly lines: number }[] = [];
  for (const file of files) {
    try {
      const lines = await rowsHeld(file, going, marks);
      if (lines > 0) held.push({ file, lines });
    } catch (error) {
      ignored(error);
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') outOfReach.push({ path: file.path, reason: 'not readable' });
    }
  }
  const pages = held.filter(({ file }) => file.format === 'html').map(({ file }) => file.path);
  return [...held, ...await listsOf(files, pages)].sort((a, b) => (a.file.path < b.file.path ? -1 : 1));
}

async function rowsHeld(file: KnownFile, going: Going, marks: Marks): Promise<number> {
  const makeUp = makeUpOf(file);
  if (file.format === 'parquet') return recordsHeld(file.path, going);
  if (makeUp === 'document') return (await marksIn(file.path, marks)).size > 0 ? 1 : 0;
  let count = 0;
  const handle = await openFile(file.path);
  try {
    for await (const row of judgedRows(makeUp, piecesOf(handle, 0, Infinity), going, marks)) if (row.goes) count++;
  } finally {
    await handle.close();
  }
  return count;
}

async function recordsHeld(path: string, going: Going): Promise<number> {
  let count = 0;
  for await (const bytes of contentsOf(path)) {
    const record = bytes && parseRecord(bytes);
    if (record && goes(going, record)) count++;
  }
  return count;
}

/** The page that lists others has their titles. */
async function listsOf(files: readonly KnownFile[], pages: readonly string[]): Promise<{ readonly file: KnownFile; readonly lines: number }[]> {
  const lists: { readonly file: KnownFile; readonly lines: number }[] = [];
  for (const file of files.filter(({ path, format }) => format === 'html' && basename(path) === 'index.html' && !pages.includes(path))) {
    const names = pages.filter((page) => dirname(page) === dirname(file.path)).map((page) => Buffer.from(encodeURIComponent(basename(page))));
    if (names.length === 0) continue;
    const text = await readWhole(file.path).catch((error: unknown) => {
      ignored(error); // said already
      return Buffer.alloc(0);
    });
    if (names.some((name) => text.includes(name))) lists.push({ file, lines: 1 });
  }
  return lists;
}

async function readWhole(path: string): Promise<Buffer> {
  const handle = await openFile(path);
  try {
    const text: Buffer = await handle.readFile();
    return text;
  } finally {
    await handle.close();
  }
}

async function* kept(file: KnownFile, pieces: AsyncIterable<Buffer>, going: Going, marks: Marks): AsyncGenerator<Buffer> {
  const makeUp = makeUpOf(file);
  const rows = judgedRows(makeUp, pieces, going, marks);
  if (makeUp === 'array') {
    yield* keptOfArray(rows);
    return;
  }
  for await (const { row, goes: isGone } of rows) if (!isGone) yield row;
}

/** A comma stands between those that stay, and none after the last. */
async function* keptOfArray(rows: AsyncIterable<{ readonly row: Buffer; readonly goes: boolean }>): AsyncGenerator<Buffer> {
  let before: Buffer | undefined;
  for await (const { row, goes: isGone } of rows) {
    if (isGone) continue;
    const isEnd = /^\]\s*$/.test(row.toString('latin1', 0, 8));
    const isFirst = before !== undefined && /^\[\s*$/.test(before.toString('latin1', 0, 8));
    if (before !== undefined) yield isEnd && !isFirst ? Buffer.from(before.toString('utf8').replace(/,?(\r?\n)$/, '$1')) : isEnd ? Buffer.from('[') : before;
    before = row;
  }
  if (before) yield before;
}

/** That a file cannot be had is said, and keeps nobody from the others. */
async function isDone(path: string, outOfReach: OutOfReach[], work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    ignored(error);
    outOfReach.push({ path, reason: 'not readable' });
    return false;
  }
}

/** What a file system says, and a file that is not whole. Anything else is a mistake of ours. */
function ignored(error: unknown): never[] {
  if (error instanceof ChangedMeanwhile || isOfFile(error)) return [];
  throw error;
}
