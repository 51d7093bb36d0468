import * as vscode from 'vscode';
import { commands, contextValues, views } from '../../shared/contributions.ts';
import { sentence } from '../../shared/problem.ts';
import type { DaybookRecord } from '../../shared/record.ts';
import { coalesce } from '../coalesce.ts';
import type { Server } from '../server.ts';
import { sourceLook } from '../sources.ts';
import { openCommand as openLink } from '../panels/links.ts';
import { appendLine, plainHover } from '../text/hover.ts';
import { plainLabel } from '../text/label.ts';
import { linkLines } from '../text/links.ts';
import { fullTime, timeOfDay } from '../text/time.ts';
import { counted } from '../text/translate.ts';
import { hasLine, recordLine } from './todayText.ts';
import type { Opens } from './todayText.ts';

const mostShown = 200;
/** Short: the server says what is new at most a few times a second. */
const quietMs = 100;
const { t } = vscode.l10n;

/** The tree *Today*: what is being recorded, one line per record, newest first; asks the server only while it is seen. */
export function createTodayView(server: Server, log: vscode.LogOutputChannel): vscode.Disposable {
  const changed = new vscode.EventEmitter<undefined>();
  const refresh = coalesce(quietMs, () => changed.fire(undefined));

  async function records(): Promise<DaybookRecord[]> {
    try {
      const today = await server.request('daybook/today', { limit: mostShown });
      view.description = today.total === 0 ? '' : counted(t, today.total, '1 record', '{0} records');
      return today.records.filter(hasLine);
    } catch (error) {
      log.warn(`The records of today could not be listed. ${sentence(error)}`);
      return [];
    }
  }

  async function hover(record: DaybookRecord): Promise<vscode.MarkdownString> {
    const lines = plainHover(recordLine(t, record).label, hoverLines(record));
    try {
      const shown = await server.request('daybook/show', { id: record.id });
      for (const { text, link } of linkLines(t, shown ?? {})) appendLine(lines, text, link && openLink(link));
    } catch (error) {
      log.warn(`What caused a record could not be told. ${sentence(error)}`);
    }
    return lines;
  }

  const tree: vscode.TreeDataProvider<DaybookRecord> = {
    onDidChangeTreeData: changed.event,
    getTreeItem: recordItem,
    getChildren: (record) => (record === undefined ? records() : []),
    // Who did it is asked for when somebody looks.
    async resolveTreeItem(item, record) {
      item.tooltip = await hover(record);
      return item;
    },
  };
  const view = vscode.window.createTreeView(views.today, { treeDataProvider: tree });
  return vscode.Disposable.from(
    view,
    changed,
    refresh,
    server.on('daybook/changed', (change) => change.records && refresh()),
    server.onDidChangeState(() => changed.fire(undefined)),
  );
}

function recordItem(record: DaybookRecord): vscode.TreeItem {
  const { label, icon, opens } = recordLine(t, record);
  const item = new vscode.TreeItem(label);
  item.id = record.id;
  item.description = timeOfDay(record.time, vscode.env.language);
  item.iconPath = new vscode.ThemeIcon(icon);
  item.contextValue = contextValues.record;
  item.command = openCommand(opens);
  return item;
}

function hoverLines(record: DaybookRecord): readonly string[] {
  const lines = [`${sourceLook(record.source).displayName}, ${fullTime(record.time, vscode.env.language)}`];
  if (record.subject !== undefined) lines.push(plainLabel(record.subject, 400));
  if (record.redactions) lines.push(counted(t, record.redactions, '1 redaction', '{0} redactions'));
  return lines;
}

function openCommand(opens: Opens): vscode.Command {
  if (opens.what === 'session') return { command: commands.openSession, title: t('Open Session'), arguments: [opens.id] };
  if (opens.what === 'record') return { command: commands.openRecord, title: t('Open Record'), arguments: [opens.id] };
  return { command: 'vscode.open', title: t('Open File'), arguments: [vscode.Uri.parse(opens.uri)] };
}
