/** Secrets that are known by where they stand: headers, URLs, commands, configuration. */

import { pattern, tokenStart } from './rule.ts';
import type { Rule } from './rule.ts';
import { isRandom } from './entropy.ts';
import { isCode, isPlaceholder, isSecretValue, isTemplate, looksGenerated } from './value.ts';

const r = String.raw;
const quote = r`["'${'`'}]`;

/** A literal: neither a placeholder nor something filled in elsewhere. */
const isLiteral = (value: string): boolean => !isPlaceholder(value) && !isTemplate(value);

const tokens: readonly Rule[] = [
  pattern('jwt', 'JSON Web Token', ['eyj'], r`${tokenStart}eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*){0,4}`),
  pattern(
    'jwe',
    'Encrypted JSON Web Token',
    ['eyj'],
    r`${tokenStart}eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}`,
  ),
  pattern('jwk', 'Private part of a JSON Web Key', ['"d"'], r`"d"\s{0,4}:\s{0,4}"(?<secret>[A-Za-z0-9_-]{40,})"`),
  pattern(
    'password-hash',
    'Hash of a password',
    ['$2a$', '$2b$', '$2y$', '$5$', '$6$', '$y$', '$argon2'],
    r`\$(?:2[aby]\$[0-9]{2}\$[./A-Za-z0-9]{53}|[56y]\$[./A-Za-z0-9$=,]{24,}|argon2(?:id?|d)\$[./A-Za-z0-9+$=,]{40,})`,
  ),
];

const cookieName = r`[\w.%!*+-]{1,64}`;

const headers: readonly Rule[] = [
  pattern(
    'authorization-header',
    'Credential in an authorization header',
    ['authorization'],
    r`authorization${quote}?\]?\s{0,4}[:=,]\s{0,4}${quote}?\s{0,2}(?:[A-Z][\w-]{1,20}\s{1,4})?(?<secret>[^\s"'${'`'}<>\\,;)]{8,4096})`,
    'i',
    (value) => !isCode(value) && looksGenerated(value),
  ),
  pattern(
    'bearer-token',
    'Bearer token',
    ['bearer '],
    r`bearer {1,4}(?<secret>[A-Za-z0-9_.~+/=-]{16,4096})`,
    'i',
    (value) => !isCode(value) && looksGenerated(value),
  ),
  pattern(
    'basic-credentials',
    'Credentials of basic authentication',
    ['basic '],
    r`basic {1,4}(?<secret>[A-Za-z0-9+/]{8,}={0,2})`,
    'i',
    isBasic,
  ),
  pattern(
    'registry-credentials',
    'Credentials of a container registry',
    ['"auth"'],
    r`"auth"\s{0,4}:\s{0,4}"(?<secret>[A-Za-z0-9+/]{8,}={0,2})"`,
    '',
    isBasic,
  ),
  pattern(
    'cookie',
    'Content of a cookie header',
    ['cookie'],
    r`cookie${quote}?\s{0,2}[:,]\s{0,2}${quote}?(?<secret>${cookieName}=[^\s;"'${'`'}<>\\(){}]{6,}(?:;\s?${cookieName}(?:=[^\s;"'${'`'}<>\\]*)?)*)`,
    'i',
  ),
];

const web = '(?:https?|wss?)';
const urlUser = r`://[^\s/?#:@"'<>${'`'}\\(){}]{0,256}:(?![0-9]{1,5}[/?#,;)\]])`;
const urlHost = r`@(?=[\w.[%$-])`;

const urls: readonly Rule[] = [
  pattern(
    'url-password',
    'Password in a URL',
    ['://'],
    // Only the web is strict about its URLs; elsewhere people leave `/`, `?` and `#` in passwords as they are.
    r`(?<=\b${web})${urlUser}(?<secret>[^\s/?#"'<>${'`'}\\]{1,256})${urlHost}|(?<!\b${web})${urlUser}(?<secret>[^\s"'<>${'`'}\\]{1,256})${urlHost}`,
    'i',
    isLiteral,
  ),
  pattern(
    'url-token',
    'Token in place of the user of a URL',
    ['://'],
    r`://(?<secret>[A-Za-z0-9_.~-]{20,256})(?::(?:x-oauth-basic)?)?@(?=[\w.[-])`,
    'i',
    isRandom,
  ),
];

const toldValue = r`${quote}?(?<secret>[^\s"'${'`'}<>\\]{4,256}[^\s"'${'`'}<>\\.,;:!?)])`;

const word = r`[^\s"'${'`'}\\]`;

const commands: readonly Rule[] = [
  pattern(
    'command-credentials',
    'Password in the arguments of a command',
    ['-u', '--user', '--proxy-user'],
    r`(?<=\b(?:curl|wget|https?|xh)\b[^\n]{0,200}\s)(?:-u|--(?:proxy-)?user)[\s=]{0,3}${quote}?[^\s:"']{1,128}:(?<secret>${word}{1,256})`,
    '',
    isLiteral,
  ),
  pattern(
    'command-password',
    'Password in the arguments of a command',
    ['sshpass', 'redis-cli', 'docker login', 'pass:'],
    r`(?:${[
      r`sshpass\s{1,4}-p\s{0,4}`,
      r`redis-cli\b[^\n]{0,120}\s-a\s{1,4}`,
      r`docker login\b[^\n]{0,120}\s-p\s{1,4}`,
      r`(?<=-pass(?:in|out)?\s{1,4}["']?)pass:`,
    ].join('|')})${quote}?(?<secret>${word}{4,256})`,
    '',
    isLiteral,
  ),
  pattern(
    'netrc-password',
    'Password in a .netrc file',
    ['password'],
    r`(?<=\b(?:login|account)\s{1,8}[^\s]{1,128}\s{1,8})password\s{1,8}(?<secret>[^\s"'${'`'}]{3,256})`,
    '',
    (value) => isLiteral(value) && !isCode(value),
  ),
  pattern(
    'sql-password',
    'Password in an SQL statement',
    ['identified by', 'password '],
    r`(?:identified by(?: password)?|password)\s{1,4}'(?<secret>[^'\n]{4,256})'`,
    'i',
    isLiteral,
  ),
  pattern(
    'secure-string',
    'Plain text made a secure string in PowerShell',
    ['convertto-securestring'],
    r`convertto-securestring\s{1,4}(?:-string\s{1,4})?${quote}(?<secret>[^"'\n]{4,256})`,
    'i',
    isLiteral,
  ),
  pattern(
    'told-password',
    'Password told in a sentence',
    ['password is', 'passwort ist', 'passphrase is'],
    r`pass[a-z]{4,6} ist?[: ]{1,2}${toldValue}`,
    'i',
    (value) => isSecretValue(value, 'password', 'bare'),
  ),
  pattern(
    'told-secret',
    'Secret told in a sentence',
    ['secret is', 'token is', 'key is'],
    r`(?:secret|token|key) is[: ]{1,2}${toldValue}`,
    'i',
    // Declarations say `token is CommaToken$1`, too.
    (value) => !isCode(value) && looksGenerated(value.replace(/\$\d{1,3}$/, '')),
  ),
];

export const protocolRules: readonly Rule[] = [...tokens, ...headers, ...urls, ...commands];

/** Whether a text is Base64 of `user:password`. */
function isBasic(value: string): boolean {
  const decoded = Buffer.from(value, 'base64').toString('utf8');
  return /^[\x20-\x7e]{1,128}:[\x20-\x7e]{2,}$/.test(decoded);
}
