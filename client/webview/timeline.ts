import * as vscode from 'vscode';
import { commands } from '../../shared/contributions.ts';
import type { FromTimeline, Reveal, ToTimeline } from '../../shared/webview.ts';
import { timelineTexts } from '../../shared/webviewTexts.ts';
import { coalesce } from '../coalesce.ts';
import type { Server } from '../server.ts';
import { sourceLook } from '../sources.ts';
import { dateOf } from '../text/time.ts';
import { createPage, type Page, type PageWorld } from './page.ts';
import { settingOf } from './setting.ts';

/** What the timeline is to show. */
export interface TimelineTarget {
  /** Local day; the one that was seen, or today, when absent. */
  readonly day?: string | undefined;
  readonly reveal?: Reveal | undefined;
}

export interface TimelinePage {
  go(target: TimelineTarget): Promise<void>;
}

/** A day that goes on is drawn anew when something happened, not more often than this. */
const quietMs = 5_000;

/** Makes a panel the timeline. */
export function timelineIn(panel: vscode.WebviewPanel, world: PageWorld & { readonly server: Server }, target: TimelineTarget): TimelinePage {
  const { server, log } = world;
  let wanted = target;
  let day = target.day;

  async function load(to: Page<ToTimeline>): Promise<void> {
    const asked = wanted.day ?? day ?? dateOf(new Date().toISOString());
    const { reveal } = wanted;
    wanted = {};
    day = asked;
    const timeline = await server.request('daybook/timeline', { day: asked });
    const sources = [...new Set(timeline.items.map(({ source }) => source))];
    to.send({ type: 'day', timeline, names: Object.fromEntries(sources.map((source) => [source, sourceLook(source).displayName])), reveal });
  }

  async function received(message: FromTimeline, to: Page<ToTimeline>): Promise<void> {
    switch (message.type) {
      case 'ready':
        day ??= message.state?.day;
        to.send({ type: 'setting', setting: settingOf(timelineTexts) });
        return load(to);
      case 'day':
        wanted = { day: message.day };
        return load(to);
      case 'open':
        return openItem(server, message);
      case 'search':
        await vscode.commands.executeCommand(commands.search, message.query);
    }
  }

  const page = createPage<ToTimeline>(panel, 'timeline', world, (message, to) => received(message as FromTimeline, to));
  const again = coalesce(quietMs, () => {
    if (panel.visible) load(page).catch((error: unknown) => log.warn(String(error)));
  });
  const listening = server.on('daybook/changed', ({ records }) => {
    if (records && panel.visible && day === dateOf(new Date().toISOString())) again();
  });
  panel.onDidDispose(() => {
    again.dispose();
    listening.dispose();
  });
  return {
    async go(next) {
      wanted = next;
      await load(page);
    },
  };
}

/** What was said opens as its session, what was edited as its file, anything else as its record. */
async function openItem(server: Server, { record, session, kind }: Extract<FromTimeline, { type: 'open' }>): Promise<void> {
  if (kind === 'message' && session !== undefined) {
    await vscode.commands.executeCommand(commands.openSession, session);
    return;
  }
  if (/^(?:editor|file|diagnostics)\./.test(kind)) {
    const shown = await server.request('daybook/show', { id: record });
    const uri = fileOf(shown?.record.data);
    if (uri && (await exists(uri))) {
      await vscode.commands.executeCommand('vscode.open', uri);
      return;
    }
  }
  await vscode.commands.executeCommand(commands.openRecord, record);
}

function fileOf(data: unknown): vscode.Uri | undefined {
  if (typeof data !== 'object' || data === null || !('uri' in data) || typeof data.uri !== 'string') return undefined;
  const uri = vscode.Uri.parse(data.uri);
  return uri.scheme === 'file' ? uri : undefined;
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(() => true, () => false);
}
