import * as vscode from 'vscode';
import { commands } from '../shared/contributions.ts';
import type { Status } from '../shared/protocol.ts';
import { planText } from './text/retention.ts';

const { t } = vscode.l10n;
const said = 'retention.said';

/** Says once of each plan, in one window, what will go; the memory of it outlives the window. */
export async function sayWhatWillGo(status: Status | undefined, memory: vscode.Memento): Promise<void> {
  const waiting = status?.retention;
  if (!waiting || memory.get(said) === waiting.plan.madeAt) return;
  await memory.update(said, waiting.plan.madeAt);
  const choices: Readonly<Record<string, string>> = { [t('Keep Them')]: commands.keepWhatWouldGo, [t('Preview…')]: commands.previewRetention };
  const message = t('Daybook: {0}', planText(t, waiting.plan, waiting.policy, vscode.env.language));
  const chosen = await vscode.window.showInformationMessage(message, ...Object.keys(choices));
  const command = chosen === undefined ? undefined : choices[chosen];
  if (command !== undefined) await vscode.commands.executeCommand(command);
}
