import * as vscode from 'vscode';
import { commands, contextValues, views } from '../../shared/contributions.ts';
import { sentence } from '../../shared/problem.ts';
import type { SessionSummary } from '../../shared/results.ts';
import { coalesce } from '../coalesce.ts';
import type { Server } from '../server.ts';
import { sessionLook } from '../sources.ts';
import type { StatusWatch } from '../status.ts';
import { plainHover } from '../text/hover.ts';
import { plainLabel } from '../text/label.ts';
import { age, dateOf, fullTime, timeOfDay } from '../text/time.ts';
import { counted } from '../text/translate.ts';
import { createSessionPages } from './sessionPages.ts';
import { byDay, completenessLines, isSubagent, sessionDescription, sessionTitle } from './sessionText.ts';
import type { Day } from './sessionText.ts';

/** A node of the tree *Sessions*. */
type SessionNode =
  | { readonly type: 'day'; readonly day: Day; readonly open: boolean }
  | { readonly type: 'session'; readonly session: SessionSummary }
  | { readonly type: 'more' };

export interface SessionsView {
  /** Shows one page more. */
  loadMore(): void;
  dispose(): void;
}

const pageSize = 100;
/** Days at the top whose sessions are seen without a click. */
const openDays = 2;
/** Short: the server says what is new at most a few times a second. */
const quietMs = 100;
const { t } = vscode.l10n;

/** The tree *Sessions*: days, newest first, with their sessions; asks the server only while it is seen. */
export function createSessionsView(server: Server, status: StatusWatch, log: vscode.LogOutputChannel): SessionsView {
  const changed = new vscode.EventEmitter<undefined>();
  const pages = createSessionPages((params) => server.request('daybook/sessions', params), pageSize);
  const refresh = coalesce(quietMs, () => changed.fire(undefined));
  let imported = false;

  async function days(): Promise<SessionNode[]> {
    const sessions = await pages.load().catch((error: unknown) => {
      log.warn(`The sessions could not be listed. ${sentence(error)}`);
      return [];
    });
    const found = byDay(t, sessions, new Date(), vscode.env.language).map((day, place) => ({ type: 'day', day, open: place < openDays }) as const);
    return pages.hasMore && found.length > 0 ? [...found, { type: 'more' }] : found;
  }

  const tree: vscode.TreeDataProvider<SessionNode> = {
    onDidChangeTreeData: changed.event,
    getTreeItem: treeItem,
    getChildren: (node) => (node === undefined ? days() : node.type === 'day' ? node.day.sessions.map(sessionNode) : []),
  };
  const view = vscode.window.createTreeView(views.sessions, { treeDataProvider: tree, showCollapseAll: true });
  const listeners = vscode.Disposable.from(
    view,
    changed,
    refresh,
    server.on('daybook/changed', ({ sessions }) => sessions && refresh()),
    server.onDidChangeState(() => changed.fire(undefined)),
    status.onDidChange((now) => {
      view.badge = badge(now?.importing);
      // Without this the view would say for a moment that there are no sessions.
      if (now?.imported !== undefined && !imported) changed.fire(undefined);
      imported = now?.imported !== undefined;
    }),
  );
  return {
    loadMore() {
      pages.more();
      changed.fire(undefined);
    },
    dispose() {
      listeners.dispose();
    },
  };
}

function badge(importing: { readonly done: number; readonly total: number } | undefined): vscode.ViewBadge | undefined {
  if (!importing) return undefined;
  const left = Math.max(1, importing.total - importing.done);
  return { value: left, tooltip: t('Daybook is reading sessions: {0} of {1} files', importing.done, importing.total) };
}

function sessionNode(session: SessionSummary): SessionNode {
  return { type: 'session', session };
}

function treeItem(node: SessionNode): vscode.TreeItem {
  if (node.type === 'session') return sessionItem(node.session);
  return node.type === 'day' ? dayItem(node.day, node.open) : moreItem();
}

function dayItem(day: Day, open: boolean): vscode.TreeItem {
  const { Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(day.name, open ? Expanded : Collapsed);
  item.id = `day:${day.date}`;
  item.tooltip = `${day.date}: ${counted(t, day.sessions.length, '1 session', '{0} sessions')}`;
  return item;
}

function sessionItem(session: SessionSummary): vscode.TreeItem {
  const item = new vscode.TreeItem(sessionTitle(t, session));
  item.id = `session:${session.id}`;
  item.description = sessionDescription(t, session, whenBelowDay(session.endedAt, new Date()));
  item.iconPath = new vscode.ThemeIcon(isSubagent(session) ? 'type-hierarchy-sub' : sessionLook(session).icon);
  item.tooltip = plainHover(plainLabel(session.title, 400), hoverLines(session));
  item.contextValue = isSubagent(session) ? contextValues.subagentSession : contextValues.session;
  item.command = { command: commands.openSession, title: t('Open Session'), arguments: [session.id] };
  return item;
}

/** The day is said above: of today the age counts, of other days the time. */
function whenBelowDay(time: string, now: Date): string {
  return dateOf(time) === dateOf(now.toISOString()) ? age(t, time, now) : timeOfDay(time, vscode.env.language);
}

function hoverLines(session: SessionSummary): readonly string[] {
  const counts = [
    counted(t, session.prompts, '1 prompt', '{0} prompts'),
    counted(t, session.replies, '1 reply', '{0} replies'),
    counted(t, session.toolExecutions, '1 tool execution', '{0} tool executions'),
  ];
  return [
    sessionLook(session).displayName,
    session.workspace === null ? t('Workspace unknown') : t('Workspace: {0}', plainLabel(session.workspace, 300)),
    t('Started: {0}', fullTime(session.startedAt, vscode.env.language)),
    t('Last activity: {0}', fullTime(session.endedAt, vscode.env.language)),
    counts.join(', '),
    ...completenessLines(t, session),
  ];
}

function moreItem(): vscode.TreeItem {
  const item = new vscode.TreeItem(t('Load more…'));
  item.id = 'more';
  item.iconPath = new vscode.ThemeIcon('ellipsis');
  item.command = { command: commands.loadMoreSessions, title: t('Load more…') };
  return item;
}
