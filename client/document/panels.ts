import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { createChannel, type Channel } from '../../shared/channel.ts';
import { panels } from '../../shared/contributions.ts';
import { sentence } from '../../shared/problem.ts';
import type { SessionPage, SessionHost } from '../../shared/sessionPanel.ts';
import type { Sought } from '../../shared/sessionView.ts';
import { coalesce } from '../coalesce.ts';
import type { Server } from '../server.ts';
import { plainLabel } from '../text/label.ts';
import { sessionHost } from './host.ts';
import { sessionHtml } from './html.ts';

/** The tabs that show sessions. */
export interface SessionPanels {
  /** Shows a session, where it is said to; in the tab it has, in one that nobody touched, or in a new one. */
  open(id: string, sought?: Sought): void;
  dispose(): void;
}

interface Panel {
  readonly panel: vscode.WebviewPanel;
  readonly page: Channel<SessionPage>;
  id: string;
  sought: Sought | undefined;
  /** Nobody did anything in it: the next session may take its place. */
  isFresh: boolean;
}

/** Open sessions follow what is recorded, this often at most, milliseconds. */
const followMs = 1_000;

/**
 * @param extension root of the extension: where the page's script and style are
 * @param log of what went wrong without anybody having asked for it
 */
export function createSessionPanels(server: Server, extension: vscode.Uri, log: vscode.LogOutputChannel): SessionPanels {
  const open = new Set<Panel>();
  const folders = [vscode.Uri.joinPath(extension, 'dist', 'webview'), vscode.Uri.joinPath(extension, 'media')];
  const options: vscode.WebviewOptions & vscode.WebviewPanelOptions = { enableScripts: true, localResourceRoots: folders };

  function fill(panel: vscode.WebviewPanel, id: string, sought?: Sought): Panel {
    const { webview } = panel;
    const shown: Panel = {
      panel, id, sought, isFresh: true,
      page: createChannel<SessionHost, SessionPage>((message) => void webview.postMessage(message), sessionHost(server, {
        id: () => shown.id,
        sought() {
          const wanted = shown.sought;
          shown.sought = undefined;
          return wanted;
        },
        began(title) {
          panel.title = plainLabel(title ?? '', 60) || 'Daybook';
        },
        kept() {
          shown.isFresh = false;
        },
      })),
    };
    open.add(shown);
    panel.onDidDispose(() => open.delete(shown));
    const icon = (theme: string): vscode.Uri => vscode.Uri.joinPath(extension, 'media', 'session', `tab-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    webview.options = options;
    webview.onDidReceiveMessage((message: unknown) => shown.page.receive(message));
    const [scripts = extension, media = extension] = folders;
    webview.html = sessionHtml({
      script: webview.asWebviewUri(vscode.Uri.joinPath(scripts, 'session.js')).toString(),
      style: webview.asWebviewUri(vscode.Uri.joinPath(media, 'session', 'session.css')).toString(),
      source: webview.cspSource, nonce: randomBytes(16).toString('base64url'), locale: vscode.env.language,
    });
    return shown;
  }

  const missed = (error: unknown): void => log.warn(`A session that is open could not be shown anew. ${sentence(error)}`);

  /** What nobody sees begins anew when it is seen again. */
  function follow(): void {
    for (const { panel, page, id } of open) {
      if (panel.visible) server.request('daybook/sessionOutline', { id }).then((outline) => page.call('changed', { outline })).catch(missed);
    }
  }
  const changed = coalesce(followMs, follow);

  const subscriptions = vscode.Disposable.from(
    changed,
    server.on('daybook/changed', ({ sessions }) => sessions && changed()),
    vscode.window.registerWebviewPanelSerializer(panels.session, {
      deserializeWebviewPanel(panel, state: unknown) {
        const id = typeof state === 'object' && state !== null && 'id' in state ? state.id : undefined;
        if (typeof id === 'string') fill(panel, id).isFresh = false;
        else panel.dispose();
        return Promise.resolve();
      },
    }),
  );

  return {
    open(id, sought) {
      const there = [...open].find((each) => each.id === id);
      if (there) {
        if (there.panel.visible && sought) there.page.call('goTo', sought).catch(missed);
        else there.sought = sought;
        return there.panel.reveal();
      }
      const fresh = [...open].find(({ isFresh, panel }) => isFresh && panel.visible);
      if (!fresh) return void fill(vscode.window.createWebviewPanel(panels.session, 'Daybook', vscode.ViewColumn.Active, options), id, sought);
      Object.assign(fresh, { id, sought });
      fresh.panel.reveal();
      fresh.page.call('restart', null).catch(missed);
    },
    dispose() {
      subscriptions.dispose();
    },
  };
}
