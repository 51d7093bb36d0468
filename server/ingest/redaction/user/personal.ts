/** Personal data as rules: nobody's secret, and redacted only where somebody wants it. */

import type { PersonalClass } from '../../../../shared/userRules.ts';

export interface PersonalRule {
  readonly of: Exclude<PersonalClass, 'owner'>;
  /** What stands in the placeholder. */
  readonly name: string;
  readonly pattern: string;
  readonly accepts: (text: string) => boolean;
  readonly example: string;
  readonly counterExample: string;
}

const digitsIn = (text: string): number => text.replaceAll(/\D/g, '').length;

export const personalRules: readonly PersonalRule[] = [
  {
    of: 'email', name: 'email-address', pattern: String.raw`\b[A-Za-z0-9][\w.%+-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}\b`,
    // How git calls the account of a server: `git@host:path`.
    accepts: (text) => !/^(?:git|hg|svn)@/i.test(text), example: 'ada.lovelace@example.org', counterExample: 'npm i @types/node@24.1.0',
  },
  {
    of: 'phone', name: 'phone-number', pattern: String.raw`\+\d{1,3}(?:[ ./-]?\(?\d{1,5}\)?){2,6}\b|\b0\d{1,4}[ /-]\d{3,4}[ -]?\d{3,5}\b|\(\d{3}\) ?\d{3}-\d{4}\b|\b\d{3}-\d{3}-\d{4}\b`,
    accepts: (text) => digitsIn(text) >= 8 && digitsIn(text) <= 15, example: '+49 30 1234567', counterExample: '2026-11-20 10:00:00 +0100',
  },
  {
    of: 'ip', name: 'ip-address', pattern: String.raw`\b(?:\d{1,3}\.){3}\d{1,3}\b`,
    // This machine, and nobody's.
    accepts: (text) => text.split('.').every((part) => Number(part) <= 255) && !/^(?:127\.|0\.0\.0\.0|255\.)/.test(text), example: '203.0.113.7', counterExample: '127.0.0.1',
  },
  {
    of: 'ip', name: 'ip-address', pattern: String.raw`\b(?:[0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}\b|\b(?:[0-9A-Fa-f]{1,4}:){1,6}(?::[0-9A-Fa-f]{1,4}){1,6}\b`,
    // Namespaces look like this, too, but have no digits.
    accepts: (text) => /\d/.test(text) && text.split(':').filter((part) => part !== '').length >= 3, example: '2001:db8::8a2e:370', counterExample: 'abc::def',
  },
];

/** Names that nobody can be known by. */
const anybody = ['root', 'user', 'users', 'home', 'admin', 'administrator', 'ubuntu', 'debian', 'vscode', 'node', 'codespace', 'runner', 'guest', 'default', 'public', 'test', 'dev'];

/** Names of the person whose home directory it is: its last part, as it is and by its parts. @param home absolute path */
export function ownerNames(home: string): string[] {
  const name = home.split(/[\\/]/).filter((part) => part !== '').at(-1) ?? '';
  const parts = [name, ...name.split(/[^\p{L}\p{N}]+/u)];
  return [...new Set(parts)].filter((part) => part.length >= 3 && !anybody.includes(part.toLowerCase()) && !/^\d+$/.test(part));
}

/** A text as a pattern of itself. */
export function literally(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
}
