import * as vscode from 'vscode';
import type { EncryptionReceipt } from '../../shared/encryption.ts';
import { askPassphrase, type Unlocking } from '../encryption/unlocking.ts';
import type { Server } from '../server.ts';
import { counted } from '../text/translate.ts';

const { t } = vscode.l10n;

/** Fewer characters are guessed too soon. */
const shortestPassphrase = 12;

/** *Encrypt the Record…*: what that means, a passphrase twice; then it is encrypted, and looked for in every file. */
export function encryptRecord(server: Server, unlocking: Unlocking): () => Promise<EncryptionReceipt | undefined> {
  return async () => {
    const { state, interrupted, available } = await server.request('daybook/encryption', {});
    if (state === 'encrypted' && interrupted === undefined) {
      void vscode.window.showInformationMessage(t('The record is encrypted. In a terminal, daybook encrypt --change-passphrase, --new-key and daybook decrypt change that.'));
      return undefined;
    }
    if (!available) {
      void vscode.window.showInformationMessage(t('This package of Daybook cannot encrypt. Install the package daybook-encryption of the same version in its place; the record stays where it is.'));
      return undefined;
    }
    const passphrase = interrupted === undefined ? await choosePassphrase() : '';
    if (passphrase === undefined) return undefined;
    const { receipt, keys } = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: t('Encrypting the record, and making the index again') }, () => server.request('daybook/encrypt', { passphrase }),
    );
    say(receipt);
    await unlocking.opened(keys);
    return receipt;
  };
}

async function choosePassphrase(): Promise<string | undefined> {
  const go = t('Encrypt');
  const detail = t('Journal, index, attachments and backups on this machine can then be read with its passphrase alone. It protects against a stolen disk and a copied folder, not against somebody who uses this computer as you while it is unlocked. Without the passphrase nobody can read the record any more. Files you exported and the AI tools’ own files stay as they are.');
  if ((await vscode.window.showWarningMessage(t('Encrypt the record of Daybook?'), { modal: true, detail }, go)) !== go) return undefined;
  for (let mistake: string | undefined; ;) {
    const first = await askPassphrase(t('A passphrase of at least {0} characters:', shortestPassphrase), mistake);
    if (first === undefined) return undefined;
    mistake = first.length < shortestPassphrase ? t('That one is too short.') : undefined;
    if (mistake !== undefined) continue;
    const second = await askPassphrase(t('The same once more:'));
    if (second === undefined) return undefined;
    if (first === second) return first;
    mistake = t('The two were not the same.');
  }
}

function say({ search, backups, scrubbed }: EncryptionReceipt): void {
  const [first] = search.left;
  const texts = counted(t, search.texts, '1 text of the record was', '{0} texts of the record were');
  const sentences = [
    first === undefined ? t('The record is encrypted: {0} looked for in every byte of its folder, and none was found.', texts) : t('The record is encrypted. Text of it is left in files that Daybook does not encrypt, such as {0}.', first),
    ...backups.unreached.map((folder) => t('The backups in {0} could not be reached, and are as they were.', folder)),
    ...(scrubbed ? [] : [t('Another program still has the old database open. Close it, and run the command once more.')]),
  ];
  const isClean = sentences.length === 1 && first === undefined;
  void (isClean ? vscode.window.showInformationMessage(sentences.join(' ')) : vscode.window.showWarningMessage(sentences.join(' ')));
}
