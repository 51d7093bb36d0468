/** The session document in a browser of its own, on a real core: what VS Code does around it is done here. */

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { sessionHtml } from '../../client/document/html.ts';
import { isFile, pathMeant } from '../../client/document/paths.ts';
import { sessionTexts } from '../../client/document/texts.ts';
import type { Core } from '../../server/core.ts';
import { createChannel, type Channel } from '../../shared/channel.ts';
import type { SessionHost, SessionPage } from '../../shared/sessionPanel.ts';
import { t } from '../client/translate.ts';
import { root } from './places.ts';

export interface OpenSession {
  /** What the page asked for, beside items: method and parameters. */
  readonly asked: (readonly [method: string, params: unknown])[];
  readonly page: Channel<SessionPage>;
}

export interface SessionPlace {
  readonly core: Core;
  readonly id: string;
  /** Absolute path of a folder for the page itself. */
  readonly folder: string;
  /** Absolute path of the folder that relative paths of the session are below. */
  readonly workspace?: string;
}

/** Puts the session on the page; once for each page, which may be loaded anew afterwards. */
export async function openSessionPage(page: Page, { core, id, folder, workspace }: SessionPlace): Promise<OpenSession> {
  const asked: (readonly [string, unknown])[] = [];
  const note = (method: string) => (params: unknown) => {
    asked.push([method, params]);
    return null;
  };
  const channel = createChannel<SessionHost, SessionPage>((message) => void page.evaluate((data) => window.postMessage(data, '*'), message), {
    start: () => ({ id, outline: core.pages.outline(id), texts: sessionTexts(t), locale: 'en' }),
    items: ({ from, limit }) => core.pages.items(id, from, limit)?.items ?? [],
    find: (sought) => core.pages.find(id, sought),
    async existing({ paths }) {
      const there = await Promise.all(paths.map(async (path) => {
        const meant = pathMeant(path, workspace);
        return meant !== undefined && isFile(meant);
      }));
      return there.flatMap((isThere, at) => (isThere ? [at] : []));
    },
    picture: () => null, openAttachment: note('openAttachment'),
    openFile: note('openFile'), openEdit: note('openEdit'), openText: note('openText'), copyTurn: note('copyTurn'), keep: note('keep'),
  });
  await page.exposeFunction('toHost', (message: unknown) => channel.receive(message));
  await page.addInitScript(() => {
    const world = window as unknown as { acquireVsCodeApi: unknown; toHost: (message: unknown) => void };
    world.acquireVsCodeApi = () => ({
      postMessage: (message: unknown) => world.toHost(message),
      getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null') as unknown,
      setState: (state: unknown) => sessionStorage.setItem('state', JSON.stringify(state)),
    });
  });
  await mkdir(folder, { recursive: true });
  const place = join(folder, 'session.html');
  const address = (path: string): string => pathToFileURL(join(root, path)).href;
  await writeFile(place, sessionHtml({
    script: address('dist/webview/session.js'), style: address('media/session/session.css'), source: 'file:', nonce: 'n0nce', locale: 'en',
  }));
  await page.goto(pathToFileURL(place).href);
  return { asked, page: channel };
}
