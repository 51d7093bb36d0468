/** The requests by which a client unlocks an encrypted record, and encrypts one. */

import { Worker } from 'node:worker_threads';
import * as v from 'valibot';
import type { EncryptionReceipt } from '../../shared/encryption.ts';
import { ProblemError } from '../../shared/problem.ts';
import { encryptionState } from '../encryptionState.ts';
import { isOpen, keysToKeep, prepareKey, takeKeys, unlock } from '../unlocking.ts';
import type { Unlock } from '../../shared/encryption.ts';
import type { LongWork } from './longWork.ts';
import type { RequestHandlers } from './queries.ts';
import { unlockParams } from './unlockParams.ts';

/** What the thread that encrypts is told at its start. */
export interface EncryptStart {
  /** Absolute path of the data directory. */
  readonly encrypt: string;
  readonly passphrase: string;
  /** Of a key that this process holds. */
  readonly keyId: string;
}

/** What it says: how far it is, what was done, or why it was not. */
export type FromEncrypting =
  | { readonly done: number; readonly total: number }
  | { readonly receipt: EncryptionReceipt; readonly keys: Readonly<Record<string, string>> }
  | { readonly problem: string };

export interface EncryptionDeps {
  /** Absolute path. */
  readonly dataDirectory: string;
  readonly script: URL;
  readonly long: LongWork;
  /** Resolves when what happened until now is recorded, and nothing reads or writes in the background. */
  readonly pause: () => Promise<void>;
  /** Called when that may go on. */
  readonly goOn: () => void;
}

const encryptParams = v.strictObject({ passphrase: v.string() });

/** Opens the record for this process with what a client sends. Returns whether it is open. */
export function unlockWith(dataDirectory: string, given: Unlock): boolean {
  if (given.keys) takeKeys(given.keys);
  return isOpen(dataDirectory) || (given.passphrase !== undefined && unlock(dataDirectory, given.passphrase));
}

export function encryptionRequests({ dataDirectory, script, long, pause, goOn }: EncryptionDeps): Pick<RequestHandlers, 'daybook/encryption' | 'daybook/unlock' | 'daybook/encrypt'> {
  return {
    'daybook/encryption': () => encryptionState(dataDirectory),
    'daybook/unlock'(params) {
      if (!unlockWith(dataDirectory, v.parse(unlockParams, params))) throw new ProblemError({ code: 'wrong-passphrase', message: 'That is not the passphrase of this record.' });
      goOn();
      return { keys: keysToKeep(dataDirectory) };
    },
    async 'daybook/encrypt'(params, token) {
      const { passphrase } = v.parse(encryptParams, params);
      await pause();
      try {
        return await long.run(token, 'Daybook encrypts the record', ({ say }) => inThread(script, { encrypt: dataDirectory, passphrase, keyId: prepareKey() }, (done, total) => say(`${done.toLocaleString('en')} of ${total.toLocaleString('en')} journal files`)));
      } finally {
        goOn();
      }
    },
  };
}

/** Once begun it is not stopped: what is half of each is read all the same, and finished by the next. */
function inThread(script: URL, workerData: EncryptStart, onProgress: (done: number, total: number) => void): Promise<{ receipt: EncryptionReceipt; keys: Readonly<Record<string, string>> }> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(script, { workerData, name: 'daybook-encrypting' });
    worker.on('message', (message: FromEncrypting) => {
      if ('done' in message) return onProgress(message.done, message.total);
      if ('problem' in message) return reject(new ProblemError({ code: 'not-encrypted', message: message.problem }));
      takeKeys(message.keys);
      resolve(message);
    });
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('Encrypting ended before it was done. Run the command once more.')));
  });
}
