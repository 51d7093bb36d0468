/** A webview of Daybook: what it may load, and who it talks to. */

import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { sentence } from '../../shared/problem.ts';

export interface PageWorld {
  /** Of the extension. */
  readonly root: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
}

export interface Page<To> {
  readonly panel: vscode.WebviewPanel;
  /** Says it to the page, where it is still there. */
  send(message: To): void;
}

/**
 * Makes the panel a page of Daybook's own script and styles; nothing else is let through, and nothing remote.
 * @param name of the script in `dist/webview` and of the styles in `media`
 */
export function createPage<To>(
  panel: vscode.WebviewPanel, name: 'dashboard' | 'timeline', { root, log }: PageWorld, received: (message: unknown, page: Page<To>) => void | Promise<void>,
): Page<To> {
  const folders = [vscode.Uri.joinPath(root, 'dist', 'webview'), vscode.Uri.joinPath(root, 'media')];
  panel.webview.options = { enableScripts: true, localResourceRoots: folders };
  panel.iconPath = { light: vscode.Uri.joinPath(root, 'media', 'daybook-on-light.svg'), dark: vscode.Uri.joinPath(root, 'media', 'daybook-on-dark.svg') };
  let isGone = false;
  panel.onDidDispose(() => {
    isGone = true;
  });
  const page: Page<To> = {
    panel,
    send(message) {
      if (!isGone) void panel.webview.postMessage(message);
    },
  };
  panel.webview.onDidReceiveMessage(async (message: unknown) => {
    try {
      await received(message, page);
    } catch (error) {
      log.warn(`The ${name} could not be shown. ${sentence(error)}`);
      page.send({ type: 'failed', message: sentence(error) } as To);
    }
  });
  panel.webview.html = html(panel.webview, name, root);
  return page;
}

function html(webview: vscode.Webview, name: string, root: vscode.Uri): string {
  const nonce = randomBytes(18).toString('base64');
  const uri = (...path: string[]): string => webview.asWebviewUri(vscode.Uri.joinPath(root, ...path)).toString();
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'`;
  return `<!DOCTYPE html>
<html lang="${vscode.env.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${uri('media', 'page.css')}">
<link rel="stylesheet" href="${uri('media', `${name}.css`)}">
</head>
<body>
<script type="module" nonce="${nonce}" src="${uri('dist', 'webview', `${name}.js`)}"></script>
</body>
</html>`;
}
