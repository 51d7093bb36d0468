import * as vscode from 'vscode';
import type { Handlers } from '../../shared/channel.ts';
import type { SessionHost } from '../../shared/sessionPanel.ts';
import type { Sought } from '../../shared/sessionView.ts';
import { attachmentUri, pictureAddress } from '../attachments/files.ts';
import type { Server } from '../server.ts';
import { partUri } from './parts.ts';
import { folderOf, isFile, pathMeant } from './paths.ts';
import { sessionTexts } from './texts.ts';

/** Of one panel: which session it shows, and what the page is told when it is up. */
export interface Shown {
  readonly id: () => string;
  /** Asked once for each time the page begins. */
  readonly sought: () => Sought | undefined;
  readonly began: (title: string | undefined) => void;
  readonly kept: () => void;
}

const { t } = vscode.l10n;
/** More is no page of a session. */
const mostPaths = 1_000;

/** What a page may ask for. It is trusted with nothing but looks: whatever it names is looked at here. */
export function sessionHost(server: Server, shown: Shown): Handlers<SessionHost> {
  let folder: string | undefined;

  async function file(path: string): Promise<string | undefined> {
    const meant = pathMeant(path, folder);
    return meant !== undefined && (await isFile(meant)) ? meant : undefined;
  }

  const editTitle = (path: string): string => t('{0} (what the tool replaced)', path.split(/[\\/]/).at(-1) ?? path);

  return {
    async start() {
      const id = shown.id();
      const outline = await server.request('daybook/sessionOutline', { id });
      folder = folderOf(outline?.session.workspace ?? null);
      shown.began(outline?.session.title);
      const sought = shown.sought();
      return { id, outline, texts: sessionTexts(t), locale: vscode.env.language, ...(sought && { sought }) };
    },
    async items({ from, limit }) {
      return (await server.request('daybook/sessionItems', { id: shown.id(), from, limit }))?.items ?? [];
    },
    find: (sought) => server.request('daybook/sessionFind', { id: shown.id(), ...sought }),
    async existing({ paths }) {
      const there = await Promise.all(paths.slice(0, mostPaths).map(file));
      return there.flatMap((path, at) => (path === undefined ? [] : [at]));
    },
    async openFile({ path, line }) {
      const meant = await file(path);
      if (meant === undefined) throw new Error(t('{0} is no file that can be opened.', path));
      const selection = line === undefined ? {} : { selection: new vscode.Range(line - 1, 0, line - 1, 0) };
      await vscode.window.showTextDocument(vscode.Uri.file(meant), { preview: true, ...selection });
      return null;
    },
    async openEdit({ record, block, edit }) {
      const place = { id: shown.id(), record, block };
      const found = (await server.request('daybook/sessionBlock', place))?.edits[edit];
      if (!found) throw new Error(t('This session is no longer in Daybook.'));
      await vscode.commands.executeCommand(
        'vscode.diff', partUri(place, `before ${edit}`, found.path), partUri(place, `after ${edit}`, found.path), editTitle(found.path), { preview: true },
      );
      return null;
    },
    picture: ({ name }) => pictureAddress(server, name),
    async openAttachment({ name }) {
      await vscode.commands.executeCommand('vscode.open', attachmentUri(name), { preview: true });
      return null;
    },
    async openText({ record, block, of }) {
      await vscode.window.showTextDocument(partUri({ id: shown.id(), record, block }, of, `${of}.txt`), { preview: true });
      return null;
    },
    async copyTurn({ turn }) {
      const found = await server.request('daybook/turnMarkdown', { id: shown.id(), turn });
      if (!found) throw new Error(t('This session is no longer in Daybook.'));
      await vscode.env.clipboard.writeText(found.markdown);
      return null;
    },
    keep() {
      shown.kept();
      return null;
    },
  };
}
