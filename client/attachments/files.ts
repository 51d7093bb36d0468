import * as vscode from 'vscode';
import { isPicture, parseAttachmentName } from '../../shared/attachment.ts';
import { attachmentScheme } from '../../shared/contributions.ts';
import type { Server } from '../server.ts';

const { t } = vscode.l10n;

/** Where an attachment is opened as a whole: a picture in the editor's own viewer, text as text. Its tab has a short name. */
export function attachmentUri(name: string): vscode.Uri {
  return vscode.Uri.from({ scheme: attachmentScheme, path: `/${name}/attachment${name.slice(name.lastIndexOf('.'))}` });
}

/** More bytes are no thumbnail: such a picture is opened, and not shown inside of a page. */
const largestPicture = 8 << 20;

/** A picture as a `data:` address, since no page may load anything; null for what is no picture, is larger than 8 MB, or is not there. */
export async function pictureAddress(server: Server, name: string): Promise<string | null> {
  const known = parseAttachmentName(name);
  // SVG is no picture: it may hold programs.
  if (!known || !isPicture(known.ending)) return null;
  const found = await server.request('daybook/attachment', { name });
  if (!found || found.bytes > largestPicture) return null;
  return `data:${known.mimeType};base64,${Buffer.from(await contentOf(server, name)).toString('base64')}`;
}

const nameIn = (uri: vscode.Uri): string => uri.path.split('/')[1] ?? '';
const notThere = (): Error => vscode.FileSystemError.FileNotFound(t('This attachment is no longer in Daybook.'));

/** Read where it lies, unless it is encrypted there. */
async function contentOf(server: Server, name: string): Promise<Uint8Array> {
  const found = await server.request('daybook/attachment', { name, content: true });
  if (!found) throw notThere();
  return found.content === undefined ? vscode.workspace.fs.readFile(vscode.Uri.file(found.path)) : Buffer.from(found.content, 'base64');
}

/** Serves attachments as files that can be read and nothing else. */
export function provideAttachments(server: Server): vscode.Disposable {
  const nothingChanges = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  const refuse = (uri: vscode.Uri): never => {
    throw vscode.FileSystemError.NoPermissions(uri);
  };

  async function find(uri: vscode.Uri): Promise<{ readonly path: string; readonly bytes: number }> {
    const found = await server.request('daybook/attachment', { name: nameIn(uri) });
    if (!found) throw notThere();
    return found;
  }

  const files: vscode.FileSystemProvider = {
    onDidChangeFile: nothingChanges.event,
    watch: () => new vscode.Disposable(() => undefined),
    // Named by what is in it: it never changes.
    stat: async (uri) => ({ type: vscode.FileType.File, ctime: 0, mtime: 0, size: (await find(uri)).bytes, permissions: vscode.FilePermission.Readonly }),
    readFile: async (uri) => contentOf(server, nameIn(uri)),
    readDirectory: () => [],
    createDirectory: refuse,
    writeFile: refuse,
    delete: refuse,
    rename: refuse,
  };
  return vscode.Disposable.from(nothingChanges, vscode.workspace.registerFileSystemProvider(attachmentScheme, files, { isReadonly: true, isCaseSensitive: true }));
}
