/**
 * The keyring of the operating system, asked by the program that each has for it, once a start: the Secret Service of Linux desktops
 * (`secret-tool`), the keychain of macOS (`security`), and on Windows the protection of data for its user, with which the secret lies in the key
 * file. No native module is loaded for it.
 */

import { spawnSync } from 'node:child_process';
import { ProblemError } from '../../shared/problem.ts';
import type { KeyringLock } from '../store/encryption/keyFile.ts';

type Place = Pick<KeyringLock, 'account' | 'sealed'>;

/** A person may be asked to unlock the keyring. Milliseconds. */
const longestMs = 120_000;
const service = 'Daybook';
const attributes = (account: string): string[] => ['application', 'daybook', 'account', account];

/** Keeps a secret under a name. Returns what the key file says of it. @throws ProblemError `no-keyring` */
export function keepSecret(account: string, secret: Buffer, platform = process.platform): Place {
  const text = secret.toString('hex');
  if (platform === 'win32') return { account, sealed: protect('Protect', text) };
  // The secret is never an argument: those can be read by everybody on the machine.
  if (platform === 'darwin') ask('security', ['-i'], `add-generic-password -U -s ${service} -a ${account} -w ${text}\n`);
  else ask('secret-tool', ['store', '--label', `${service}: key of the record`, ...attributes(account)], text);
  // Some say nothing when they could not keep it.
  if (keyringSecret({ account }, platform)?.equals(secret) !== true) throw missing('It does not give back what it was to keep.');
  return { account };
}

/** Undefined when the keyring does not have it, or is not there. */
export function keyringSecret({ account, sealed }: Place, platform = process.platform): Buffer | undefined {
  try {
    const text = platform === 'win32' ? protect('Unprotect', sealed ?? '')
      : platform === 'darwin' ? ask('security', ['find-generic-password', '-s', service, '-a', account, '-w'])
      : ask('secret-tool', ['lookup', ...attributes(account)]);
    return /^[0-9a-f]{64}$/.test(text) ? Buffer.from(text, 'hex') : undefined;
  } catch (error) {
    if (error instanceof ProblemError) return undefined;
    throw error;
  }
}

function protect(action: 'Protect' | 'Unprotect', hex: string): string {
  const script = `Add-Type -AssemblyName System.Security; $text = [Console]::In.ReadLine();
    $bytes = [byte[]]::new($text.Length / 2); for ($at = 0; $at -lt $bytes.Length; $at++) { $bytes[$at] = [Convert]::ToByte($text.Substring($at * 2, 2), 16) };
    $done = [Security.Cryptography.ProtectedData]::${action}($bytes, $null, 'CurrentUser'); [Console]::Out.Write(([BitConverter]::ToString($done) -replace '-', '').ToLower())`;
  return ask('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', script], `${hex}\n`);
}

function ask(program: string, args: readonly string[], input = ''): string {
  const { status, stdout, error } = spawnSync(program, args, { input, encoding: 'utf8', timeout: longestMs, windowsHide: true, stdio: ['pipe', 'pipe', 'ignore'] });
  if (error) throw missing(`${program} could not be started.`, error);
  if (status !== 0) throw missing(`${program} did not do it.`);
  return stdout.trim();
}

function missing(why: string, cause?: unknown): ProblemError {
  return new ProblemError({ code: 'no-keyring', message: `The keyring of this system cannot be used. ${why} Use a passphrase in its place.` }, { cause });
}
