import * as vscode from 'vscode';
import { contextValues, views } from '../../shared/contributions.ts';
import { sentence } from '../../shared/problem.ts';
import type { HealthNote, HealthResult, HealthState } from '../../shared/health.ts';
import { coalesce } from '../coalesce.ts';
import type { Server } from '../server.ts';
import { sourceLook } from '../sources.ts';
import type { StatusWatch } from '../status.ts';
import { plainHover } from '../text/hover.ts';
import { plainLabel } from '../text/label.ts';
import { counted } from '../text/translate.ts';
import type { Dismissed } from './dismissed.ts';
import { facts, hasReport, needingLook, shortMessage, shownSources, sourceDescription } from './healthText.ts';
import type { Fact, ShownSource } from './healthText.ts';

/** A node of the tree *Health*; what a command on a line is called with. */
export type HealthNode =
  | { readonly type: 'source'; readonly shown: ShownSource }
  | { readonly type: 'note'; readonly source: string; readonly note: HealthNote }
  | { readonly type: 'fact'; readonly source: string; readonly fact: Fact };

export interface HealthView {
  /** Asks the server anew; resolves when it has answered. */
  look(): Promise<void>;
  /** Never shows this notice again. */
  dismiss(id: string): Promise<void>;
  dispose(): void;
}

/** How soon after something was recorded the view asks again: while it is seen, and while it is not. */
const seenMs = 10_000;
const unseenMs = 600_000;
const { t } = vscode.l10n;

/** The tree *Health*: one line for each source, green, yellow or red; below it the reasons and the ledger. */
export function createHealthView(server: Server, status: StatusWatch, dismissed: Dismissed, log: vscode.LogOutputChannel): HealthView {
  const changed = new vscode.EventEmitter<undefined>();
  const soon = coalesce(seenMs, () => void look());
  const later = coalesce(unseenMs, () => void look());
  let latest: HealthResult | undefined;
  let wasImported = false;

  async function look(): Promise<void> {
    try {
      latest = await server.request('daybook/health', {});
    } catch (error) {
      latest = undefined;
      log.warn(`The health of the sources could not be told. ${sentence(error)}`);
    }
    show();
  }

  function shown(): ShownSource[] {
    return latest ? shownSources(latest, dismissed.has) : [];
  }

  function show(): void {
    const count = needingLook(shown());
    view.badge = count === 0 ? undefined : { value: count, tooltip: counted(t, count, '1 source of Daybook needs a look', '{0} sources of Daybook need a look') };
    changed.fire(undefined);
  }

  const tree: vscode.TreeDataProvider<HealthNode> = {
    onDidChangeTreeData: changed.event,
    getTreeItem: treeItem,
    getChildren: (node) => (node === undefined ? shown().map((source) => ({ type: 'source', shown: source })) : childrenOf(node)),
  };
  const view = vscode.window.createTreeView(views.health, { treeDataProvider: tree, showCollapseAll: true });
  const listeners = vscode.Disposable.from(
    view,
    changed,
    soon,
    later,
    view.onDidChangeVisibility(({ visible }) => visible && void look()),
    server.on('daybook/changed', () => (view.visible ? soon() : later())),
    server.onDidChangeState((state) => state !== 'running' && forget()),
    // Before everything was read once, much waits and nothing is wrong with that.
    status.onDidChange((now) => {
      const isImported = now?.imported !== undefined && now.importing === undefined;
      if (isImported && !wasImported) void look();
      wasImported = isImported;
    }),
  );

  function forget(): void {
    latest = undefined;
    show();
  }

  return {
    look: () => Promise.resolve(vscode.window.withProgress({ location: { viewId: views.health } }, look)),
    async dismiss(id) {
      await dismissed.add(id);
      show();
    },
    dispose() {
      listeners.dispose();
    },
  };
}

function childrenOf(node: HealthNode): HealthNode[] {
  if (node.type !== 'source') return [];
  const { source } = node.shown.health;
  return [
    ...node.shown.notes.map((note) => ({ type: 'note', source, note }) as const),
    ...facts(t, node.shown, new Date()).map((fact) => ({ type: 'fact', source, fact }) as const),
  ];
}

function treeItem(node: HealthNode): vscode.TreeItem {
  if (node.type === 'source') return sourceItem(node.shown);
  return node.type === 'note' ? noteItem(node.note) : factItem(node.source, node.fact);
}

function sourceItem(shown: ShownSource): vscode.TreeItem {
  const { Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(shown.name, shown.state === 'ok' ? Collapsed : Expanded);
  // Where the state is part of the id, a source that begins to need a look opens by itself.
  item.id = `${shown.health.source}:${shown.state}`;
  item.description = sourceDescription(t, shown, new Date());
  item.iconPath = stateIcon(shown.state);
  item.tooltip = plainHover(shown.name, shown.notes.map(({ message }) => plainLabel(message, 600)));
  item.contextValue = hasReport(shown.health) ? contextValues.healthSourceWithReport : contextValues.healthSource;
  item.accessibilityInformation = { label: `${shown.name}, ${stateWord(shown.state)}, ${item.description}` };
  return item;
}

function noteItem(note: HealthNote): vscode.TreeItem {
  const item = new vscode.TreeItem(shortMessage(note.message));
  item.id = note.id;
  item.iconPath = note.state === 'ok' ? new vscode.ThemeIcon('info') : stateIcon(note.state);
  item.tooltip = plainLabel(note.message, 600);
  item.contextValue = note.state === 'ok' ? contextValues.healthFact : contextValues.healthNotice;
  return item;
}

function factItem(source: string, { label, value }: Fact): vscode.TreeItem {
  const item = new vscode.TreeItem(label);
  item.id = `${source}:${label}`;
  item.description = value;
  item.tooltip = plainHover(label, [value]);
  item.contextValue = contextValues.healthFact;
  return item;
}

function stateIcon(state: HealthState): vscode.ThemeIcon {
  if (state === 'ok') return new vscode.ThemeIcon('pass', new vscode.ThemeColor('testing.iconPassed'));
  if (state === 'warning') return new vscode.ThemeIcon('warning', new vscode.ThemeColor('problemsWarningIcon.foreground'));
  return new vscode.ThemeIcon('error', new vscode.ThemeColor('problemsErrorIcon.foreground'));
}

function stateWord(state: HealthState): string {
  if (state === 'ok') return t('good');
  return state === 'warning' ? t('worth a look') : t('not working');
}

/** Name and id of the source a command was called on; undefined when it was called on something else. */
export function sourceOfNode(argument: unknown): { readonly id: string; readonly name: string } | undefined {
  const node = argument as Partial<HealthNode> | undefined;
  if (node?.type === 'source' && node.shown) return { id: node.shown.health.source, name: node.shown.name };
  return node?.type === 'note' && node.source !== undefined ? { id: node.source, name: sourceLook(node.source).displayName } : undefined;
}

/** Id of the notice a command was called on; undefined when it was called on something else. */
export function noticeOfNode(argument: unknown): string | undefined {
  const node = argument as Partial<HealthNode> | undefined;
  return node?.type === 'note' ? node.note?.id : undefined;
}
