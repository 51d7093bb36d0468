/** What every test inside VS Code needs: the extension, its records, the files of the open folder. */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { DaybookApi } from '../../client/api.ts';
import { journalLine } from '../support/journal.ts';
import type { JournalLine } from '../support/journal.ts';

/** Absolute path; the profile of the run sets it. */
export function dataDirectory(): string {
  const path = vscode.workspace.getConfiguration().get<string>('daybook.dataDirectory');
  assert.ok(path, 'the profile does not set daybook.dataDirectory');
  return path;
}

export async function daybook(): Promise<DaybookApi> {
  const extension = vscode.extensions.getExtension<DaybookApi>('daybook.daybook');
  assert.ok(extension, 'VS Code does not know daybook.daybook');
  return extension.activate();
}

/** Waits for a record of this kind about this subject. */
export function recorded(type: string, subject: string): Promise<JournalLine> {
  return journalLine(dataDirectory(), (record) => record.type === type && record.subject === subject);
}

/** The folder that is open, absolute path. */
export function folder(): string {
  const [open] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(open, 'no folder is open');
  return open.uri.fsPath;
}

/** Makes a file in the open folder and opens it, as a person would. */
export async function openNew(name: string, text: string): Promise<vscode.TextEditor> {
  const path = join(folder(), name);
  await writeFile(path, text);
  return vscode.window.showTextDocument(vscode.Uri.file(path));
}

/** Types a line at the end of the document. */
export async function typeLine(editor: vscode.TextEditor, line: string): Promise<void> {
  const end = new vscode.Position(editor.document.lineCount, 0);
  assert.ok(await editor.edit((edit) => edit.insert(end, `${line}\n`)), 'the editor did not take the text');
}
