import * as vscode from 'vscode';
import { commands } from '../../shared/contributions.ts';
import type { DashboardChoice, FromDashboard, ToDashboard } from '../../shared/webview.ts';
import { dashboardTexts } from '../../shared/webviewTexts.ts';
import { coalesce } from '../coalesce.ts';
import type { Server } from '../server.ts';
import { sourceLook } from '../sources.ts';
import type { StatusWatch } from '../status.ts';
import { createPage, type Page, type PageWorld } from './page.ts';
import { settingOf } from './setting.ts';

export interface DashboardWorld extends PageWorld {
  readonly server: Server;
  readonly status: StatusWatch;
}

/** What just happened is seen soon; all figures are asked for again less often. */
const ratesMs = 1_500;
const statisticsMs = 15_000;

/** Makes a panel the dashboard. Only while it is seen anything is asked. */
export function dashboardIn(panel: vscode.WebviewPanel, world: DashboardWorld): void {
  const { server, status } = world;
  let choice: DashboardChoice = { days: 30, workspace: null };
  let isReady = false;

  async function statistics(page: Page<ToDashboard>): Promise<void> {
    const asked = choice;
    const found = await server.request('daybook/statistics', { days: asked.days ?? undefined, workspace: asked.workspace ?? undefined });
    page.send({ type: 'statistics', statistics: found, choice: asked, names: namesOf([...found.sessions, ...found.tokens].map(({ source }) => source)) });
  }

  async function rates(page: Page<ToDashboard>): Promise<void> {
    const found = await server.request('daybook/rates', {});
    page.send({ type: 'rates', rates: found, recording: status.recording, names: namesOf(Object.keys(found.sources)) });
  }

  async function received(message: FromDashboard, to: Page<ToDashboard>): Promise<void> {
    switch (message.type) {
      case 'ready':
        isReady = true;
        choice = message.choice;
        to.send({ type: 'setting', setting: settingOf(dashboardTexts) });
        await Promise.all([statistics(to), rates(to)]);
        return;
      case 'choose':
        choice = message.choice;
        return statistics(to);
      case 'rates':
        return rates(to);
      case 'search':
        await vscode.commands.executeCommand(commands.search, message.query);
        return;
      case 'timeline':
        await vscode.commands.executeCommand(commands.openTimeline, message.day);
    }
  }

  const page = createPage<ToDashboard>(panel, 'dashboard', world, (message, to) => received(message as FromDashboard, to));
  const again = (ask: (to: Page<ToDashboard>) => Promise<void>): void => {
    if (panel.visible && isReady) ask(page).catch((error: unknown) => world.log.warn(String(error)));
  };
  const newRates = coalesce(ratesMs, () => again(rates));
  const newStatistics = coalesce(statisticsMs, () => again(statistics));
  const listeners = vscode.Disposable.from(
    newRates, newStatistics,
    server.on('daybook/changed', () => {
      if (!panel.visible) return;
      newRates();
      newStatistics();
    }),
    status.onDidChange(() => newRates()),
  );
  panel.onDidDispose(() => {
    listeners.dispose();
  });
}

function namesOf(sources: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(sources.map((source) => [source, sourceLook(source).displayName]));
}
