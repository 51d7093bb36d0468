import * as vscode from 'vscode';
import { sentence } from '../../shared/problem.ts';
import type { Unlock } from '../../shared/encryption.ts';

const { t } = vscode.l10n;

/** Where the editor keeps the keys of the record: in the keyring of the operating system. */
const secretName = 'daybook.keys';

/** What opens an encrypted record for the server of this window. Nothing is read, and nobody asked, while the record is not encrypted. */
export interface Unlocking {
  /** What to try next: what is kept, then what a person types. Undefined when they do not want to. */
  next(): Promise<Unlock | undefined>;
  /** The record is open. @param keys to be kept, so that nobody is asked again */
  opened(keys: NonNullable<Unlock['keys']>): Promise<void>;
}

export function createUnlocking(secrets: vscode.SecretStorage, log: vscode.LogOutputChannel): Unlocking {
  let tries = 0;

  async function kept(): Promise<Unlock | undefined> {
    const text = await secrets.get(secretName).then(undefined, (error: unknown) => {
      log.warn(`The keyring could not be asked for the key of the record. ${sentence(error)}`);
      return undefined;
    });
    return text === undefined ? undefined : { keys: JSON.parse(text) as NonNullable<Unlock['keys']> };
  }

  return {
    async next() {
      tries++;
      const known = tries === 1 ? await kept() : undefined;
      if (known) return known;
      const mistake = tries > 2 ? t('That is not its passphrase. Try again.') : undefined;
      const prompt = t('The record of Daybook is encrypted. Its passphrase:');
      const passphrase = await askPassphrase(prompt, mistake);
      if (passphrase !== undefined) tries = Math.max(tries, 2);
      else tries = 0;
      return passphrase === undefined ? undefined : { passphrase };
    },
    async opened(keys) {
      tries = 0;
      if (Object.keys(keys).length === 0) return;
      // Without a keyring it is not kept, and asked for at the next start.
      await secrets.store(secretName, JSON.stringify(keys)).then(undefined, (error: unknown) => log.warn(`The key of the record could not be kept. ${sentence(error)}`));
    },
  };
}

/** What is typed is not shown. Undefined when nobody wants to. @param mistake what was wrong before */
export async function askPassphrase(prompt: string, mistake?: string): Promise<string | undefined> {
  return vscode.window.showInputBox({
    title: t('Daybook'), password: true, ignoreFocusOut: true,
    prompt: mistake === undefined ? prompt : `${mistake} ${prompt}`,
  });
}
