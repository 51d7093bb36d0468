/** Judges what stands in the place of a secret: a literal worth hiding, or a placeholder, a reference, a word, a label. */

import { isRandom } from './entropy.ts';
import type { SecretKind } from './names.ts';

/**
 * How the value is written: in quotes; in quotes as another argument or a default; plain, as in `.env` files, queries and flags;
 * bare, as in YAML or code.
 */
export type ValueForm = 'quoted' | 'argument' | 'plain' | 'bare';

const stockValues = new RegExp(
  `^(?:${[
    'change[-_ ]?(?:me|it|this)|replace[-_ ]?(?:me|this)|placeholder|example|sample|dummy|redacted|hidden|masked|removed|omitted',
    'none|null|nil|undefined|true|false|empty|tests?|testing|todo|tbd|n/?a|auto|inherit|disabled|enabled|yes|no|on|off',
    '(?:my|the|your|some|a|super|db|user|new|old)?[-_ ]?(?:secret|password|passwd|passphrase|pass|pwd|token|key|api[-_ ]?key|credentials?)',
    'str|string|text|number|int|integer|bool|boolean|bytes|object|any|unknown|never|void',
    'optional|required|missing|invalid|incorrect|default|value|here|self|this|prompt|plain|bearer|basic',
    'foo|bar|baz|foobar|qux|abc|abc123|abcd1234|123|1234',
    'utf-?(?:8|16)(?:le|be)?|ucs-?2|ascii|latin1|base64(?:url)?|hex|binary',
    'x-oauth-basic|x-access-token|oauth2|git|username|user|admin|root|email',
  ].join('|')})$`,
  'i',
);
const masks = /^(.)\1*$|x{5,}|\*{3,}|•{2,}|_{5,}|<[^<>]{1,80}>|\bREDACTED\b/i;
const instructions = /\byour[-_ ]|\b(?:insert|replace|enter|put|add|paste|change)[-_ ].*(?:here|key|token|secret|password|me)\b|example/i;

/** Whether a value only holds the place of a secret: `changeme`, `xxxxxxxx`, `<token>`, `your-api-key`. */
export function isPlaceholder(value: string): boolean {
  if (stockValues.test(value) || masks.test(value) || instructions.test(value)) return true;
  // A short text with dots in it was shortened for a person; a long one still gives most of the secret away.
  return value.length <= 24 && /\.{3}|…/.test(value);
}

/** Whether a value is filled in elsewhere: `${TOKEN}`, `$TOKEN`, `%TOKEN%`, `{{ token }}`, `$(pass show x)`, `%s`. */
export function isTemplate(value: string): boolean {
  return /\$\{|\{\{|#\{|<%|\$\(|\$\[\[|^\$[A-Za-z_]\w*$|^%[\w.]+%$|^%[sdv@]$|^\{[\w.$ ]*\}$|^\[[^\]]*\]$|^:[a-z_]+$/.test(value);
}

/** Whether a bare value is code: `process.env.TOKEN`, `getToken()`, `self.token`, `SUBMIT_PASSWORD_2`. */
export function isCode(value: string): boolean {
  if (/^[$@&<>{}[\](!*|=+/\\]/.test(value) || /[()[\]{}<>]/.test(value)) return true;
  if (/^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(value)) return true;
  const path = value.split(/\?\.|!\.|\.|::|->/);
  return path.length > 1 && path.every((name) => /^[A-Za-z_$][\w$]*$/.test(name) && isWordy(name));
}

/** Of a generated value, digits among its letters and capitals that end in the middle of a word; names have a few of them. */
const tellingIrregularities = 3;
const tellingLength = 24;
const segmentEnds = /[-_.:/@\s]+|(?<=[a-z0-9])(?=[A-Z])/;

/** Whether a value reads as words: `userToken1`, `my-test-key`, `sha256`, `v1.2.3`. */
function isWordy(value: string): boolean {
  const segments = value.split(segmentEnds).filter((segment) => segment !== '');
  if (!segments.every((segment) => /^(?:[A-Za-z]+[0-9]{0,3}|[0-9]{1,4})$/.test(segment))) return false;
  if (value.length >= tellingLength && !/[-_.:/@\s]/.test(value) && irregularities(value, segments) >= tellingIrregularities) return false;
  // Random letters fall into many short pieces; a long piece without a break is no word either.
  return value.length / Math.max(segments.length, 1) >= 3.5 && segments.every((segment) => segment.length < 20);
}

function irregularities(value: string, segments: readonly string[]): number {
  return (value.match(/\d+(?=\D)/g)?.length ?? 0) + segments.filter((segment) => /^[A-Z]{2,}[a-z]/.test(segment)).length;
}

const prose = /^\p{L}[\p{L}'’-]*[.,:;!?…]?(?:\s+\p{L}[\p{L}'’-]*[.,:;!?…)]*)+$/u;
const reference = /^(?:[a-z][a-z0-9+.-]*:\/\/|[~.]{0,2}\/[\w.@-]+(?:\/|$)|\.{1,2}\/|[A-Za-z]:[\\/]|~\/)/;
const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const identity = /^sha(?:1|256|384|512)[-:]|^\d{4}-\d\d-\d\d/i;
const digest = /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{128})$/i;

/** Whether a value beside a name of this kind is a secret. */
export function isSecretValue(value: string, kind: SecretKind, form: ValueForm): boolean {
  if (value.length < 4 || isPlaceholder(value) || isTemplate(value)) return false;
  if ((form === 'plain' || form === 'bare') && isCode(value)) return false;
  if (form === 'argument') return isGenerated(value, kind === 'key' ? 'key' : 'token') || isMixedPassword(value, kind);
  if (isReference(value)) return false;
  if (kind === 'password') return isPassword(value, form);
  if (kind === 'secret' && form === 'plain') return isPassword(value, form) && !/^(?:\d{1,5}|[a-z]+)$/.test(value);
  if (form === 'bare' && !/^[\w.~+/=:%-]+$/.test(value)) return false;
  if (form === 'quoted' && kind === 'secret' && /\s/.test(value)) return value.length >= 12 && /[0-9]/.test(value) && !prose.test(value);
  return isGenerated(value, kind) || (form === 'plain' && kind === 'token' && uuid.test(value));
}

function isMixedPassword(value: string, kind: SecretKind): boolean {
  return kind === 'password' && isMixed(value) && value.length >= 7;
}

/** Letters and digits both. */
function isMixed(value: string): boolean {
  return /[0-9]/.test(value) && /[A-Za-z]/.test(value);
}

function isReference(value: string): boolean {
  return reference.test(value) && !isRandom(value);
}

function isPassword(value: string, form: ValueForm): boolean {
  if (prose.test(value)) return false;
  const letters = /^[A-Za-z_.-]+$/.test(value);
  if (letters && /passw|pwd|secret|token|credential|_/i.test(value)) return form === 'plain';
  if (form === 'bare') return !letters && /[A-Za-z]/.test(value) && /[0-9!#%*+=?^~$&]/.test(value) && !/^0x[0-9a-f]+$/i.test(value);
  return value.length >= (letters ? 6 : 4);
}

function isGenerated(value: string, kind: SecretKind): boolean {
  const symbols = /[^A-Za-z0-9_.:/ -]/.test(value);
  if (/\s/.test(value) || isWordy(value) || identity.test(value)) return false;
  if (kind === 'key') return isRandom(value) && !digest.test(value) && !uuid.test(value);
  if (kind === 'secret') return isRandom(value) || (isMixed(value) && value.length >= (symbols ? 6 : 8)) || (symbols && value.length >= 8);
  return !uuid.test(value) && (isRandom(value) || (isMixed(value) && value.length >= 10));
}

/** Whether a value without a name looks generated: long and random, or letters and digits that form no words. */
export function looksGenerated(value: string): boolean {
  return !isPlaceholder(value) && !isTemplate(value) && isGenerated(value, 'token');
}
