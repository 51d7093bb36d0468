import * as vscode from 'vscode';
import { atMost, consentAmong, readConsent } from '../shared/consent.ts';
import type { Consent } from '../shared/consent.ts';
import type { ConsentLevel } from '../shared/consentLevel.ts';

/** What a person allowed, as the user settings and the trust in this window say now. */
export function consentNow(): Consent {
  return vscode.workspace.isTrusted ? chosenConsent() : atMost('metadata', chosenConsent());
}

/** What a person allowed, whether this window is trusted or not. */
export function chosenConsent(): Consent {
  const configuration = vscode.workspace.getConfiguration('daybook');
  // Not through `setting`: a value of the wrong type must not count as the default here.
  return readConsent({ default: configuration.get('defaultConsent'), folders: configuration.get('consent') });
}

/** The level of a folder that is open; the most careful of all that are for what belongs to none. */
export function levelNow(folder?: string): ConsentLevel {
  return consentAmong(consentNow(), openFolders(), folder);
}

/** Keeps a level for the open folders, in the user settings. */
export async function chooseConsent(level: ConsentLevel, folders: readonly string[]): Promise<void> {
  const configuration = vscode.workspace.getConfiguration('daybook');
  if (folders.length === 0) return configuration.update('defaultConsent', level, vscode.ConfigurationTarget.Global);
  const { folders: before } = readConsent({ folders: configuration.get('consent') });
  const chosen = Object.fromEntries(folders.map((folder) => [folder, level]));
  await configuration.update('consent', { ...before, ...chosen }, vscode.ConfigurationTarget.Global);
}

/** URIs. */
export function openFolders(): readonly string[] {
  return (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.toString());
}
