import * as vscode from 'vscode';
import { commands } from '../../shared/contributions.ts';

/** A tooltip of plain lines: nothing in them is read as Markdown, a link or an icon. */
export function plainHover(heading: string, lines: readonly string[]): vscode.MarkdownString {
  const hover = new vscode.MarkdownString('**');
  hover.isTrusted = false;
  hover.appendText(heading).appendMarkdown('**\n\n');
  for (const line of lines) hover.appendText(line).appendMarkdown('  \n');
  return hover;
}

/** One more line; with a command, one that can be clicked. Of commands nothing but what Daybook itself opens is run. */
export function appendLine(hover: vscode.MarkdownString, text: string, open?: { readonly command: string; readonly arguments: readonly string[] }): void {
  if (!open) return void hover.appendText(text).appendMarkdown('  \n');
  hover.isTrusted = { enabledCommands: [commands.openRecord, commands.openSession] };
  hover.appendMarkdown('[').appendText(text).appendMarkdown(`](command:${open.command}?${encodeURIComponent(JSON.stringify(open.arguments))})  \n`);
}
