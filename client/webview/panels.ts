/** The panels *Dashboard* and *Timeline*: one of each, opened again after a reload. Their code is loaded when one is wanted. */

import * as vscode from 'vscode';
import { webviewTypes } from '../../shared/webview.ts';
import { idOfNode } from '../commands/chosenSession.ts';
import { dateOf } from '../text/time.ts';
import type { DashboardWorld } from './dashboard.ts';
import type { TimelinePage, TimelineTarget } from './timeline.ts';

export interface Panels {
  /** *Open Dashboard*. */
  dashboard(): Promise<void>;
  /** *Open Timeline*; the argument may be a local day, `2026-11-20`. */
  timeline(argument?: unknown): Promise<void>;
  /** *Reveal in Timeline*: a session or a record, as the trees hand it over. */
  reveal(argument?: unknown): Promise<void>;
  dispose(): void;
}

const { t } = vscode.l10n;

export function createPanels(world: DashboardWorld): Panels {
  let dashboard: vscode.WebviewPanel | undefined;
  let timeline: { readonly panel: vscode.WebviewPanel; readonly page: TimelinePage } | undefined;

  async function fillDashboard(panel: vscode.WebviewPanel): Promise<void> {
    dashboard = panel;
    panel.onDidDispose(() => {
      if (dashboard === panel) dashboard = undefined;
    });
    (await import('./pages.ts')).dashboardIn(panel, world);
  }

  async function fillTimeline(panel: vscode.WebviewPanel, target: TimelineTarget): Promise<void> {
    const { timelineIn } = await import('./pages.ts');
    timeline = { panel, page: timelineIn(panel, world, target) };
    panel.onDidDispose(() => {
      if (timeline?.panel === panel) timeline = undefined;
    });
  }

  async function show(target: TimelineTarget): Promise<void> {
    if (timeline) {
      timeline.panel.reveal();
      return timeline.page.go(target);
    }
    await fillTimeline(vscode.window.createWebviewPanel(webviewTypes.timeline, t('Timeline'), vscode.ViewColumn.Active), target);
  }

  const serializers = vscode.Disposable.from(
    vscode.window.registerWebviewPanelSerializer(webviewTypes.dashboard, { deserializeWebviewPanel: fillDashboard }),
    vscode.window.registerWebviewPanelSerializer(webviewTypes.timeline, { deserializeWebviewPanel: (panel) => fillTimeline(panel, {}) }),
  );

  return {
    async dashboard() {
      if (dashboard) return dashboard.reveal();
      await fillDashboard(vscode.window.createWebviewPanel(webviewTypes.dashboard, t('Daybook Dashboard'), vscode.ViewColumn.Active));
    },
    timeline: (argument) => show({ day: typeof argument === 'string' ? argument : undefined }),
    async reveal(argument) {
      const session = idOfNode(argument);
      const time = session === undefined ? textOf(argument, 'time') : textOf((argument as { session: unknown }).session, 'endedAt');
      const record = textOf(argument, 'id');
      if (time === undefined) return show({});
      await show({ day: dateOf(time), reveal: session === undefined ? { ...(record !== undefined && { record }) } : { session } });
    },
    dispose() {
      serializers.dispose();
    },
  };
}

function textOf(value: unknown, name: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const found = (value as Readonly<Record<string, unknown>>)[name];
  return typeof found === 'string' ? found : undefined;
}
