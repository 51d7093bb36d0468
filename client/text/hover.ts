import * as vscode from 'vscode';

/** A tooltip of plain lines: nothing in them is read as Markdown, a link or an icon. */
export function plainHover(heading: string, lines: readonly string[]): vscode.MarkdownString {
  const hover = new vscode.MarkdownString('**');
  hover.isTrusted = false;
  hover.appendText(heading).appendMarkdown('**\n\n');
  for (const line of lines) hover.appendText(line).appendMarkdown('  \n');
  return hover;
}
