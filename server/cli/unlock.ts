/** Opens an encrypted record before a command looks into it. A record that is not encrypted asks for nothing, and loads nothing. */

import { ProblemError } from '../../shared/problem.ts';
import { isOpen, passphraseVariable, unlock, unlockByItself } from '../unlocking.ts';
import { secretAnswer } from './secret.ts';

export interface Asking {
  /** Opened when somebody is asked. */
  readonly input: () => NodeJS.ReadableStream;
  readonly err: (text: string) => void;
  /** Whether a person is there to be asked. */
  readonly isTerminal: boolean;
  readonly env: NodeJS.ProcessEnv;
}

const attempts = 3;

/**
 * @param place absolute path of the data directory, or of a key file
 * @param what it is, at the beginning of a sentence
 * @throws ProblemError `store-locked`, `wrong-passphrase`, `passphrase-unreadable`
 */
export async function unlockFor(place: string, { input, err, isTerminal, env }: Asking, what = `The record in ${place}`): Promise<void> {
  if (isOpen(place) || unlockByItself(place, env)) return;
  if (!isTerminal) {
    throw new ProblemError({ code: 'store-locked', message: `${what} is encrypted. Write its passphrase into a file that only you can read, and name that in ${passphraseVariable}; or run this in a terminal, where it is asked for.` });
  }
  for (let left = attempts; left > 0; left--) {
    if (unlock(place, await secretAnswer(`${what} is encrypted. Its passphrase: `, input(), err))) return;
    if (left > 1) err('That is not its passphrase. Try again.\n');
  }
  throw new ProblemError({ code: 'wrong-passphrase', message: 'That is not its passphrase. Nothing was changed.' });
}
