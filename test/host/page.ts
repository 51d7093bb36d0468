/** The page of a record in the editor, and the lines above it that can be clicked. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';

const shownMs = 30_000;
const pollMs = 200;

/** Opens the page of a record, as a click on it in a list does. */
export async function openPageOf(id: string): Promise<vscode.Uri> {
  await vscode.commands.executeCommand('daybook.openRecord', id);
  return pageThatShows(id);
}

/** The page in front; waits until it is that of the record. */
export async function pageThatShows(id: string): Promise<vscode.Uri> {
  return (await inFront(({ scheme, query }) => scheme === 'daybook' && query === id)).uri;
}

/** The text in front; waits until it has an address of this scheme. */
export function textInFront(scheme: string): Promise<vscode.TextDocument> {
  return inFront((uri) => uri.scheme === scheme);
}

async function inFront(isWanted: (uri: vscode.Uri) => boolean): Promise<vscode.TextDocument> {
  for (const end = Date.now() + shownMs; ;) {
    const { document } = vscode.window.activeTextEditor ?? {};
    if (document && isWanted(document.uri)) return document;
    assert.ok(Date.now() < end, `In front is ${String(document?.uri)}.`);
    await sleep(pollMs);
  }
}

/** The command of the line above a page that is wanted; the lines come when the server was asked. */
export async function lineAbove(page: vscode.Uri, isWanted: (command: vscode.Command) => boolean): Promise<vscode.Command> {
  for (const end = Date.now() + shownMs; ;) {
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', page);
    const found = lenses.flatMap(({ command }) => command ?? []).find(isWanted);
    if (found) return found;
    assert.ok(Date.now() < end, `There are only: ${lenses.map(({ command }) => command?.title ?? '').join(', ')}`);
    await sleep(pollMs);
  }
}

/** What a click on the line does. */
export async function click({ command, arguments: values = [] }: vscode.Command): Promise<void> {
  await vscode.commands.executeCommand(command, ...(values as unknown[]));
}
