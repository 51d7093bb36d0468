import * as vscode from 'vscode';
import { commands, contextKeys, views } from '../../shared/contributions.ts';
import { sentence } from '../../shared/problem.ts';
import type { SessionSummary } from '../../shared/results.ts';
import { coalesce } from '../coalesce.ts';
import type { Server } from '../server.ts';
import { resumeCommand } from '../resume.ts';
import { sessionLook } from '../sources.ts';
import type { StatusWatch } from '../status.ts';
import { plainHover } from '../text/hover.ts';
import { plainLabel } from '../text/label.ts';
import { age, dateOf, fullTime, timeOfDay } from '../text/time.ts';
import { counted } from '../text/translate.ts';
import type { Memory } from './dismissed.ts';
import { createListing } from './listing.ts';
import { groupSessions, type Grouping, type SessionGroup } from './sessionGroups.ts';
import { createSessionPages } from './sessionPages.ts';
import { completenessLines, isSubagent, sessionContext, sessionDescription, sessionTitle } from './sessionText.ts';

/** A node of the tree *Sessions*. */
type SessionNode =
  | { readonly type: 'group'; readonly group: SessionGroup; readonly open: boolean }
  | { readonly type: 'session'; readonly session: SessionSummary; readonly group: SessionGroup }
  | { readonly type: 'more' };

export interface SessionsView {
  /** Shows one page more. */
  loadMore(): void;
  readonly grouping: Grouping;
  groupBy(grouping: Grouping): void;
  /** Empty for none. */
  readonly filter: string;
  filterBy(words: string): void;
  /** Shows hidden sessions in place of the others, or the others again. */
  listHidden(hidden: boolean): void;
  dispose(): void;
}

const pageSize = 100;
/** Groups at the top whose sessions are seen without a click; pinned ones always are. */
const openGroups = 2;
/** Sessions that can be pinned and still stand on top. */
const mostPinned = 200;
/** Short: the server says what is new at most a few times a second. */
const quietMs = 100;
const { t } = vscode.l10n;

/** The tree *Sessions*: groups, newest first, with their sessions; asks the server only while it is seen. @param memory of the workspace */
export function createSessionsView(server: Server, status: StatusWatch, memory: Memory, log: vscode.LogOutputChannel): SessionsView {
  const changed = new vscode.EventEmitter<undefined>();
  const listing = createListing(memory);
  const choice = () => ({ ...(listing.hidden && { only: 'hidden' as const }), ...(listing.filter !== '' && { filter: listing.filter }) });
  const pages = createSessionPages((params) => server.request('daybook/sessions', { ...params, ...choice() }), pageSize);
  const refresh = coalesce(quietMs, () => changed.fire(undefined));
  let imported = false;

  async function groups(): Promise<SessionNode[]> {
    const pinned = listing.hidden ? Promise.resolve({ sessions: [] })
      : server.request('daybook/sessions', { limit: mostPinned, only: 'pinned', ...(listing.filter !== '' && { filter: listing.filter }) });
    const [sessions, { sessions: onTop }] = await Promise.all([pages.load(), pinned]).catch((error: unknown) => {
      log.warn(`The sessions could not be listed. ${sentence(error)}`);
      return [[], { sessions: [] }] as const;
    });
    view.message = message(sessions.length === 0);
    const looking = { t, now: new Date(), locale: vscode.env.language };
    const found = groupSessions(sessions, onTop.filter(({ hidden }) => !hidden), listing.grouping, looking)
      .map((group, place) => ({ type: 'group', group, open: group.id === 'pinned' || place < openGroups + (onTop.length > 0 ? 1 : 0) }) as const);
    return pages.hasMore && found.length > 0 ? [...found, { type: 'more' }] : found;
  }

  /** Says why some are not seen; an empty tree speaks by itself. */
  function message(isEmpty: boolean): string {
    if (listing.filter !== '') return isEmpty ? t('No session has "{0}" in its title, folder, tool or tags.', listing.filter) : t('Only sessions with "{0}".', listing.filter);
    const importing = status.current?.importing;
    if (importing && !listing.hidden && !isEmpty) return t('Reading sessions: {0} of {1} files', importing.done, importing.total);
    return listing.hidden ? (isEmpty ? t('No session is hidden.') : t('These are hidden.')) : '';
  }

  function again(): void {
    void vscode.commands.executeCommand('setContext', contextKeys.filtered, listing.filter !== '');
    void vscode.commands.executeCommand('setContext', contextKeys.listingHidden, listing.hidden);
    refresh();
  }

  const tree: vscode.TreeDataProvider<SessionNode> = {
    onDidChangeTreeData: changed.event,
    getTreeItem: treeItem,
    getChildren: (node) => (node === undefined ? groups() : node.type === 'group' ? node.group.sessions.map((session) => ({ type: 'session', session, group: node.group })) : []),
  };
  const view = vscode.window.createTreeView(views.sessions, { treeDataProvider: tree, showCollapseAll: true, canSelectMany: true });
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
  // What is filtered since before a reload can be seen, and be taken back.
  if (listing.filter !== '') again();
  return {
    loadMore() {
      pages.more();
      changed.fire(undefined);
    },
    get grouping() {
      return listing.grouping;
    },
    groupBy(grouping) {
      listing.grouping = grouping;
      again();
    },
    get filter() {
      return listing.filter;
    },
    filterBy(words) {
      listing.filter = words.trim();
      again();
    },
    listHidden(hidden) {
      listing.hidden = hidden;
      again();
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

function treeItem(node: SessionNode): vscode.TreeItem {
  if (node.type === 'session') return sessionItem(node.session, node.group);
  return node.type === 'group' ? groupItem(node.group, node.open) : moreItem();
}

function groupItem(group: SessionGroup, open: boolean): vscode.TreeItem {
  const { Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(group.name, open ? Expanded : Collapsed);
  item.id = group.id;
  item.tooltip = group.tooltip;
  if (group.id === 'pinned') item.iconPath = new vscode.ThemeIcon('pinned');
  return item;
}

function sessionItem(session: SessionSummary, group: SessionGroup): vscode.TreeItem {
  const item = new vscode.TreeItem(sessionTitle(t, session));
  // With several tags a session stands in several places.
  item.id = `${group.id}/${session.id}`;
  item.description = sessionDescription(t, session, group.id.startsWith('day:') ? whenBelowDay(session.endedAt, new Date()) : age(t, session.endedAt, new Date()));
  item.iconPath = new vscode.ThemeIcon(isSubagent(session) ? 'type-hierarchy-sub' : sessionLook(session).icon);
  item.tooltip = plainHover(plainLabel(session.title, 400), hoverLines(session));
  item.contextValue = sessionContext(session, resumeCommand(session) !== undefined);
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
