import * as vscode from 'vscode';
import { blobsIn, parseAttachmentName, terminalCommand } from '../../shared/attachment.ts';
import { commands, documentScheme } from '../../shared/contributions.ts';
import type { Link } from '../../shared/links.ts';
import type { DaybookRecord } from '../../shared/record.ts';
import { coalesce } from '../coalesce.ts';
import type { Server } from '../server.ts';
import { attachmentUri } from '../attachments/files.ts';
import { withoutIcons } from '../text/label.ts';
import { linkLines } from '../text/links.ts';
import type { LinkLine } from '../text/links.ts';
import { parseAddress } from './address.ts';

/** Says above the page of a record who did it, what caused it and what it led to; a click opens the other end, or all that a command printed. */
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
      if (!shown) return [];
      return [...linkLines(vscode.l10n.t, shown).map(lensCommand), ...outputCommands(shown.record)].map((command) => new vscode.CodeLens(top, command));
    },
  });
  return vscode.Disposable.from(changed, refresh, provider, server.on('daybook/changed', ({ records }) => records && refresh()));
}

function lensCommand({ text, link }: LinkLine): vscode.Command {
  return link ? { ...openCommand(link), title: withoutIcons(text) } : { command: '', title: withoutIcons(text) };
}

function outputCommands(record: DaybookRecord): vscode.Command[] {
  if (record.type !== terminalCommand) return [];
  return blobsIn(record).flatMap(({ attachment, bytes }) => {
    if (parseAttachmentName(attachment) === undefined || attachment === undefined) return [];
    const title = vscode.l10n.t('Open All Output, {0} Bytes', bytes.toLocaleString(vscode.env.language));
    return [{ command: 'vscode.open', arguments: [attachmentUri(attachment), { preview: true }], title }];
  });
}

/** The command that opens the other end of a link. */
export function openCommand({ id, what }: Link): { readonly command: string; readonly arguments: [string] } {
  return { command: what === 'session' ? commands.openSession : commands.openRecord, arguments: [id] };
}
