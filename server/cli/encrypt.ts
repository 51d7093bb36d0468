/** `daybook encrypt` and `daybook decrypt`. What they do is loaded when it is asked for. */

import type { Command } from 'commander';
import type { EncryptionReceipt, EncryptionState } from '../../shared/encryption.ts';
import { ProblemError } from '../../shared/problem.ts';
import { plural } from '../../shared/words.ts';
import { encryptionState, isBecomingPlain } from '../encryptionState.ts';
import { answer } from './answer.ts';
import { secretAnswer } from './secret.ts';
import { visible } from './visible.ts';

/** What the commands need of the command line around them. */
export interface EncryptHost<Common> {
  /** Makes a command with the options that all have. */
  command(name: string, description: string): Command;
  /** Absolute path of the data directory. */
  directory(options: Common): string;
  /** Opens the record where it is encrypted. */
  unlock(directory: string): Promise<void>;
  print<T>(options: Common, value: T, text: (value: T) => string): void;
  readonly err: (text: string) => void;
  readonly input: NodeJS.ReadableStream;
  /** Whether a person is there to be asked. */
  readonly isTerminal: boolean;
}

interface EncryptOptions {
  readonly keyring?: true;
  readonly passphraseFile?: string;
  readonly changePassphrase?: true;
  readonly newKey?: true;
  readonly status?: true;
  readonly yes?: true;
}

export function defineEncrypt<Common extends object>(host: EncryptHost<Common>): void {
  host.command('encrypt', 'encrypt the record on this disk with a passphrase: journal, index, attachments and backups; goes on where it was interrupted')
    .option('--keyring', 'let the keyring of the operating system open it; with no passphrase, alone')
    .option('--passphrase-file <file>', 'take the new passphrase from the first line of a file')
    .option('--change-passphrase', 'another passphrase, or the keyring, for the same key: done in a moment')
    .option('--new-key', 'another key and passphrase: everything is written anew, and the old ones open nothing any more')
    .option('--status', 'say whether it is encrypted, and what opens it')
    .option('--yes', 'do not ask')
    .action((options: Common & EncryptOptions) => encryptOrChange(host, options));
  host.command('decrypt', 'make an encrypted record plain again')
    .option('--yes', 'do not ask')
    .action(async (options: Common & { yes?: true }) => {
      const root = host.directory(options);
      await host.unlock(root);
      const encrypting = await import('../encrypting.ts');
      if (encryptionState(root).interrupted === undefined || !isBecomingPlain(root)) {
        if (!options.yes) await confirm(host, 'Everything in the record can be read by whoever has the disk afterwards. Older backups give way to one of now.');
        return host.print(options, await encrypting.decrypt(root, progress(host)), receiptText);
      }
      host.print(options, await encrypting.carryOn(root, progress(host)), receiptText);
    });
}

async function encryptOrChange<Common extends object>(host: EncryptHost<Common>, options: Common & EncryptOptions): Promise<void> {
  const root = host.directory(options);
  const encrypting = await import('../encrypting.ts');
  if (options.status) return host.print(options, encryptionState(root), stateText);
  await host.unlock(root);
  const before = encryptionState(root);
  if (before.interrupted !== undefined) return host.print(options, await encrypting.carryOn(root, progress(host)), receiptText);
  if (options.changePassphrase) {
    encrypting.changeOpener(root, await opener(host, options, encrypting.shortestPassphrase));
    return host.print(options, encryptionState(root), () => 'Done. Backups from before still open with what opened them then; with --new-key they would give way to one of now.');
  }
  if (before.state === 'encrypted' && !options.newKey) {
    throw new ProblemError({ code: 'encrypted-already', message: `The record in ${root} is encrypted already. Change what opens it with --change-passphrase, or its key with --new-key.` });
  }
  if (before.state === 'plain') encrypting.checkAvailable();
  if (!options.yes) await confirm(host, warning);
  const work = options.newKey ? encrypting.giveNewKey : encrypting.encrypt;
  host.print(options, await work(root, await opener(host, options, encrypting.shortestPassphrase), progress(host)), receiptText);
}

const warning = 'Without the passphrase nobody can read the record any more: there is no other way in. Older backups give way to one of now.';

/** @throws ProblemError unless a person says yes */
async function confirm<Common>({ err, input, isTerminal }: EncryptHost<Common>, what: string): Promise<void> {
  if (!isTerminal) throw new ProblemError({ code: 'not-confirmed', message: 'Nobody is there to be asked, so nothing was changed. Say --yes.' });
  err(`${what} Type yes to go on: `);
  if ((await answer(input)).trim().toLowerCase() !== 'yes') throw new ProblemError({ code: 'not-confirmed', message: 'Nothing was changed.' });
}

async function opener<Common>(host: EncryptHost<Common>, { keyring, passphraseFile }: EncryptOptions, shortest: number): Promise<{ passphrase?: string; keyring?: boolean }> {
  const { passphraseIn } = await import('../unlocking.ts');
  if (passphraseFile !== undefined) return { passphrase: passphraseIn(passphraseFile, '--passphrase-file'), keyring: keyring === true };
  if (keyring) return { keyring };
  if (!host.isTerminal) throw new ProblemError({ code: 'no-opener', message: 'Nobody is there to be asked for a passphrase. Name a file that has it with --passphrase-file.' });
  const first = await secretAnswer(`New passphrase, at least ${shortest} characters: `, host.input, host.err);
  const second = await secretAnswer('The same once more: ', host.input, host.err);
  if (first !== second) throw new ProblemError({ code: 'other-passphrase', message: 'The two are not the same. Nothing was changed.' });
  return { passphrase: first };
}

function progress<Common>({ isTerminal, err }: EncryptHost<Common>): ((done: number, total: number) => void) | undefined {
  return isTerminal ? (done, total) => err(`\r${done} of ${total} journal files${done === total ? '\n' : ''}`) : undefined;
}

function stateText({ directory, state, locks, interrupted, available }: EncryptionState): string {
  if (state === 'plain') return `The record in ${visible(directory)} is not encrypted. ${available ? 'Encrypt it with: daybook encrypt' : 'This package of Daybook cannot encrypt; the package daybook-encryption can.'}`;
  const opens = locks.map((lock) => (lock === 'passphrase' ? 'a passphrase' : 'the keyring of this user')).join(' or ');
  const left = interrupted === undefined ? '' : interrupted === 'files' ? ' It was interrupted, and some files are as they were. Finish it with: daybook encrypt'
    : ' Copies from before are left, in backups or in a database that another program has open. Finish it with: daybook encrypt';
  return `The record in ${visible(directory)} is encrypted. ${opens[0]?.toUpperCase() ?? ''}${opens.slice(1)} opens it.${left}`;
}

function receiptText({ state, files, scrubbed, backups, search }: EncryptionReceipt): string {
  const left = search.left.length === 0 ? [`${plural(search.texts, 'text')} of the record ${search.texts === 1 ? 'was' : 'were'} looked for in every byte of ${plural(search.files, 'file')}: none was found.`]
    : ['These files still hold text of the record, and Daybook does not encrypt them:', ...search.left.slice(0, 20).map((path) => `  ${visible(path)}`)];
  return [
    state === 'plain' ? `The record is plain again: ${plural(files, 'file')} written anew.` : `The record is encrypted: ${plural(files, 'file')} written anew.`,
    ...(backups.replaced > 0 ? [`${plural(backups.replaced, 'older backup')} gave way to one of now.`] : []),
    ...backups.unreached.map((folder) => `The backups in ${visible(folder)} could not be reached, and are as they were. Run this once more when they can, or delete them.`),
    ...(scrubbed ? [] : ['Another program still has the old database open. Close the editors, and run this once more.']),
    ...(state === 'plain' ? [] : left),
    ...(state === 'plain' ? [] : ['Files you exported, copies of the folder and the AI tools\' own files are not encrypted.']),
  ].join('\n');
}
