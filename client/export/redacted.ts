/** After an export in which the rules of today found secrets that the record still has: offers to redact there as well, shows where they are, and offers to take those records out. */

import * as vscode from 'vscode';
import { commands } from '../../shared/contributions.ts';
import type { DaybookRecord } from '../../shared/record.ts';
import type { ExportCounts, ExportResult } from '../../shared/exportResults.ts';
import type { Server } from '../server.ts';
import { plainLabel } from '../text/label.ts';
import { counted } from '../text/translate.ts';

const { t } = vscode.l10n;

interface Place {
  readonly id: string;
  /** Undefined where it is a session, whose title holds one. */
  readonly record: DaybookRecord | undefined;
}

/** Says nothing where nothing was found. That the export could not be noted is said in any case. */
export async function offerToFix(server: Server, { redactions, redacted, notNoted }: Pick<ExportCounts, 'redactions' | 'redacted'> & Pick<ExportResult, 'notNoted'>): Promise<void> {
  if (notNoted !== undefined) void vscode.window.showWarningMessage(notNoted);
  if (redactions === 0) return;
  const [redact, show, forget] = [t('Redact the Past…'), t('Show Where…'), t('Forget Those Records…')];
  const said = counted(t, redactions, '1 secret was redacted in the export that the record itself still has.', '{0} secrets were redacted in the export that the record itself still has.');
  const chosen = await vscode.window.showWarningMessage(`${said} ${t('Forgetting a record takes all of it out for good.')}`, redact, show, forget);
  if (chosen === undefined) return;
  if (chosen === redact) return void vscode.commands.executeCommand(commands.redactPast);
  const places = await Promise.all(redacted.map(async (id): Promise<Place> => ({ id, record: (await server.request('daybook/show', { id }))?.record })));
  if (chosen === show) await choosePlace(places);
  else await vscode.commands.executeCommand(commands.forget, { ids: places.flatMap(({ record }) => record?.id ?? []) });
}

async function choosePlace(places: readonly Place[]): Promise<void> {
  const items = places.map(({ id, record }) => ({
    label: record ? plainLabel(record.subject ?? record.type.replace('dev.daybook.', ''), 100) : t('The title of a session'), description: record?.time ?? id, id, isRecord: record !== undefined,
  }));
  const picked = await vscode.window.showQuickPick(items, { title: t('Where secrets are'), placeHolder: t('Which should be opened?') });
  if (picked) await vscode.commands.executeCommand(picked.isRecord ? commands.openRecord : commands.openSession, picked.id);
}
