import * as vscode from 'vscode';
import { sentence } from '../../shared/problem.ts';
import type { Unlocking } from '../encryption/unlocking.ts';
import type { Server } from '../server.ts';
import type { StatusWatch } from '../status.ts';

const { t } = vscode.l10n;

/** *Unlock the Record…*: for a server that could not start, and for one whose record was encrypted while it ran. */
export function unlockRecord(server: Server, status: StatusWatch, unlocking: Unlocking): () => Promise<void> {
  return async () => {
    if (server.state !== 'running') return server.restart();
    if (!status.current?.trouble?.locked && (await server.request('daybook/encryption', {})).state !== 'locked') {
      void vscode.window.showInformationMessage(t('The record is not locked.'));
      return;
    }
    for (let given = await unlocking.next(); given; given = await unlocking.next()) {
      try {
        await unlocking.opened((await server.request('daybook/unlock', given)).keys);
        vscode.window.setStatusBarMessage(t('Daybook records again.'), 8000);
        return;
      } catch (error) {
        if (given.passphrase !== undefined && !/passphrase/.test(sentence(error))) throw error;
      }
    }
  };
}
