import { sep } from 'node:path';
import ignore from 'ignore';
import type { Ignore } from 'ignore';
import * as vscode from 'vscode';
import { setting } from '../connection/settings.ts';
import { createDiskChanges } from './diskChanges.ts';
import type { Change } from './diskChanges.ts';
import { nameOf } from './emit.ts';
import type { Emit } from './emit.ts';
import { watchOwnChanges } from './ownChanges.ts';
import { settled } from './settled.ts';
import { createSlices } from './slices.ts';

const quietMs = 1_000;
const longestMs = 10_000;
const firstMs = 1_000;
/** Of more files at once there is one record for all. */
const mostFiles = 20;
/** Files known by name between two records; those beyond it are only counted. */
const mostKnown = 10_000;
/** Folders that programs write for themselves. */
const never: readonly string[] = ['.git', '.hg', '.svn', 'node_modules/', '__pycache__/', '.venv/', '*.log'];

const kinds = { created: 'file.created', changed: 'file.changed', deleted: 'file.deleted' } as const satisfies Record<Change, string>;

/**
 * Records files that something outside the editor created, changed or deleted, through one watcher; many at once are one record with
 * their count. A rename is a file deleted and one created: the disk does not tell more.
 * @param dataDirectory where Daybook itself writes; what happens there is never told
 */
export function captureFiles(emit: Emit, dataDirectory: () => string | undefined): vscode.Disposable {
  const changes = createDiskChanges(mostKnown);
  const own = watchOwnChanges();
  let rules = readRules();
  const watcher = vscode.workspace.createFileSystemWatcher('**/*');
  const startedAt = Date.now();

  /** The editor tells of thousands in one message. */
  const told = createSlices<readonly [uri: vscode.Uri, change: Change]>(([uri, change]) => changed(uri, change));

  function changed(uri: vscode.Uri, change: Change): void {
    // What the disk tells at first happened before: while recording was paused, or by this editor.
    if (Date.now() - startedAt < firstMs) return;
    if (uri.scheme !== 'file' || own.has(uri) || isOurs(uri)) return;
    const path = nameOf(uri).replaceAll('\\', '/');
    // A name that is not below a folder of the workspace is no path for these rules.
    if (ignore.isPathValid(path) && rules.ignores(path)) return;
    changes.add(uri.toString(), change);
    tell();
  }

  function isOurs(uri: vscode.Uri): boolean {
    const directory = dataDirectory();
    return directory !== undefined && (uri.fsPath + sep).startsWith(directory + sep);
  }

  const tell = settled(quietMs, longestMs, () => {
    const { files, ...counts } = changes.take();
    if (counts.count > mostFiles) {
      const names = files.slice(0, mostFiles).map(([uri]) => nameOf(vscode.Uri.parse(uri)));
      const first = files[0] && vscode.Uri.parse(files[0][0]);
      return emit('events', 'files.changed', { ...counts, names }, { subject: `${counts.count} files`, uri: first, actor: 'external' });
    }
    for (const [text, change] of files) void tellOf(vscode.Uri.parse(text), change);
  });

  async function tellOf(uri: vscode.Uri, change: Change): Promise<void> {
    if (await own.wroteLast(uri)) return;
    emit('events', kinds[change], { uri: uri.toString() }, { subject: nameOf(uri), uri, actor: 'external' });
  }

  return vscode.Disposable.from(
    own, watcher, told, tell,
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('daybook.ignore')) rules = readRules();
    }),
    watcher.onDidCreate((uri) => told.push([uri, 'created'])),
    watcher.onDidChange((uri) => told.push([uri, 'changed'])),
    watcher.onDidDelete((uri) => told.push([uri, 'deleted'])),
  );
}

function readRules(): Ignore {
  return ignore({ ignorecase: true }).add([...never, ...setting('daybook.ignore')]);
}
