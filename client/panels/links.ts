import * as vscode from 'vscode';
import { commands, documentScheme } from '../../shared/contributions.ts';
import type { Link } from '../../shared/links.ts';
import { coalesce } from '../coalesce.ts';
import type { Server } from '../server.ts';
import { withoutIcons } from '../text/label.ts';
import { linkLines } from '../text/links.ts';
import type { LinkLine } from '../text/links.ts';
import { parseAddress } from './address.ts';

/** Says above the page of a record who did it, what caused it and what it led to; a click opens the other end. */
export function provideLinks(server: Server): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  // A session that is read a while later may be the cause. Asked again only of pages that are seen.
  const refresh = coalesce(2_000, () => changed.fire());
  const provider = vscode.languages.registerCodeLensProvider({ scheme: documentScheme }, {
    onDidChangeCodeLenses: changed.event,
    async provideCodeLenses({ uri }) {
      const address = parseAddress(uri);
      const shown = address?.kind === 'record' ? await server.request('daybook/show', { id: address.id }) : null;
      const top = new vscode.Range(0, 0, 0, 0);
      return shown ? linkLines(vscode.l10n.t, shown).map((line) => new vscode.CodeLens(top, lensCommand(line))) : [];
    },
  });
  return vscode.Disposable.from(changed, refresh, provider, server.on('daybook/changed', ({ records }) => records && refresh()));
}

function lensCommand({ text, link }: LinkLine): vscode.Command {
  return link ? { ...openCommand(link), title: withoutIcons(text) } : { command: '', title: withoutIcons(text) };
}

/** The command that opens the other end of a link. */
export function openCommand({ id, what }: Link): { readonly command: string; readonly arguments: [string] } {
  return { command: what === 'session' ? commands.openSession : commands.openRecord, arguments: [id] };
}
