import * as vscode from 'vscode';
import { commands } from '../shared/contributions.ts';
import type { CommandId } from '../shared/contributions.ts';
import { levelNow } from './consent.ts';
import { consentLine, consentWords } from './consentText.ts';
import type { Server } from './server.ts';
import type { StatusWatch } from './status.ts';
import { statusLook } from './statusLook.ts';
import { plainLabel } from './text/label.ts';

const { t } = vscode.l10n;

/** The item in the status bar: one circle. A click shows the menu. */
export function createStatusBar(server: Server, status: StatusWatch): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('daybook.status', vscode.StatusBarAlignment.Right, 0);
  item.name = 'Daybook';
  item.command = commands.showMenu;

  function show(): void {
    const look = statusLook(t, server.state, status.current);
    item.text = `$(${look.icon})`;
    item.accessibilityInformation = { label: look.words };
    item.backgroundColor = look.warning ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    const consent = consentLine(t, levelNow(), vscode.workspace.isTrusted);
    const isRecording = status.current?.recording === true;
    item.tooltip = hover(look.words, isRecording ? [...look.lines, consent] : look.lines, links(server, status), isRecording);
  }

  show();
  item.show();
  return vscode.Disposable.from(
    item,
    status.onDidChange(show),
    vscode.workspace.onDidChangeConfiguration((change) => change.affectsConfiguration('daybook') && show()),
    vscode.workspace.onDidChangeWorkspaceFolders(show),
    vscode.workspace.onDidGrantWorkspaceTrust(show),
  );
}

interface Link {
  readonly title: string;
  readonly command: CommandId;
  readonly argument?: unknown;
}

function links(server: Server, status: StatusWatch): readonly Link[] {
  const log: Link = { title: t('Show Log'), command: commands.showLog };
  if (server.state === 'failed') return [{ title: t('Start Again'), command: commands.restartServer }, log];
  if (!status.current) return [log];
  const toggle: readonly Link[] = status.current.recording
    ? [{ title: t('Pause'), command: commands.pause }, { title: t('Pause for 15 Minutes'), command: commands.pauseShortly }]
    : [{ title: t('Resume'), command: commands.resume }];
  const stop: readonly Link[] = status.current.stoppedSince === undefined ? [{ title: t('Stop Everything…'), command: commands.stopEverything }] : [];
  return [{ title: t('Search'), command: commands.search }, ...toggle, ...stop, { title: t('Data Folder'), command: commands.openDataFolder }, log];
}

/** One click for each level; the one that holds is no link. */
function levels(): string {
  const now = levelNow();
  return consentWords(t).map(({ level, title }) => (level === now ? `**${title}**` : markdownLink({ title, command: commands.chooseConsent, argument: level }))).join(' · ');
}

function markdownLink({ title, command, argument }: Link): string {
  const query = argument === undefined ? '' : `?${encodeURIComponent(JSON.stringify([argument]))}`;
  return `[${title}](command:${command}${query})`;
}

/** Only the commands of the links are trusted; what the server says is appended as text, in which nothing is a link. */
function hover(words: string, lines: readonly string[], shown: readonly Link[], isRecording: boolean): vscode.MarkdownString {
  const text = new vscode.MarkdownString('**');
  text.isTrusted = { enabledCommands: [...shown.map((link) => link.command), commands.chooseConsent] };
  text.appendText(words).appendMarkdown('**\n\n');
  for (const line of lines) text.appendText(plainLabel(line, 300)).appendMarkdown('  \n');
  if (isRecording) text.appendMarkdown(`\n${levels()}\n\n`);
  text.appendMarkdown('\n' + shown.map(markdownLink).join(' · '));
  return text;
}
