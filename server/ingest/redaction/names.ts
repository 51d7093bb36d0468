/** Which names say that a secret follows. */

/** What a name promises: a password may be anything, a token or key looks generated, other keys only count when they look random. */
export type SecretKind = 'password' | 'secret' | 'token' | 'key';

const words = (...lists: readonly string[]): ReadonlySet<string> => new Set(lists.join(' ').split(' '));

/** What may stand behind the word that counts. */
const trailers = words(
  'prod production dev development stage staging test live sandbox old new current previous',
  'default value val str string raw plain plaintext b64 base64 encoded env base',
);
/** What makes a name a statement about a secret. */
const statements = words(
  'no has is show hide needs forgot forgotten requires require allow enable disable use with without',
  'max min num count invalid missing wrong bad validate check hash hashed',
);
const secretKeys = words(
  'access account admin api app application auth authentication client consumer decrypt decryption deploy encrypt encryption hmac',
  'integration jwt license licence master private project push secret secure server service session shared sign signing ssh',
  'subscription token webhook',
);
const plainKeys = words(
  'public primary foreign unique cache sort partition object index group hash range map host known translation i18n locale message',
  'query route registry storage local event row column field meta state theme react json dict lookup join composite',
);
const plainTokens = words(
  'page next prev previous continuation cursor sync cancellation cancel abort pad eos bos sep unk mask cls stop start end special',
  'design syntax lex parse keyword operator',
);
/** Names of tokens and keys that are written as one word. */
const joinedTokens = /(?:token|apikey|authkey|accesskey|secretkey|privatekey|accountkey|masterkey)$/;

/** What a name such as `AWS_SECRET_ACCESS_KEY`, `dbPassword` or `x-api-key` promises; undefined when it promises nothing. */
export function secretKind(name: string): SecretKind | undefined {
  const known = kinds.get(name);
  if (known !== undefined || kinds.has(name)) return known;
  if (kinds.size >= keptNames) kinds.clear();
  const kind = judge(name);
  if (name.length <= 64) kinds.set(own(name), kind);
  return kind;
}

/** The same few hundred names stand in every record. */
const kinds = new Map<string, SecretKind | undefined>();
const keptNames = 2_000;

/** A part of a text keeps all of the text in memory; a copy does not. */
function own(name: string): string {
  return Buffer.from(name, 'utf16le').toString('utf16le');
}

/** Gives back what makes the next names quicker. */
export function forgetNames(): void {
  kinds.clear();
}

function judge(name: string): SecretKind | undefined {
  const parts = wordsOf(name);
  while (parts.length > 1 && trailers.has(parts.at(-1) ?? '')) parts.pop();
  const last = parts.at(-1)?.replace(/\d+$/, '') ?? '';
  const before = parts.at(-2) ?? '';
  if (parts.some((word) => statements.has(word)) || last.startsWith('nopass')) return undefined;
  if (/(?:password|passwd|passphrase|passcode|passwort|pwd|pword)$/.test(last)) return 'password';
  if (/(?:secret|credentials?)$/.test(last) || /^(?:secrets|creds?|pass|pw)$/.test(last)) return 'secret';
  if (last === 'token' ? !plainTokens.has(before) : joinedTokens.test(last)) return 'token';
  if (/^(?:jwt|bearer|pat|auth)$/.test(last)) return 'token';
  if (last !== 'key') return undefined;
  if (secretKeys.has(before)) return 'token';
  return /^[A-Z][A-Z0-9_]+$/.test(name) && !plainKeys.has(before) ? 'key' : undefined;
}

/** Lower-case words of a name in any case style, without numbers on their own at the end. */
function wordsOf(name: string): string[] {
  const parts = name
    .replace(/([a-z0-9])([A-Z])|([A-Z])(?=[A-Z][a-z])/g, '$1$3 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  while (parts.length > 1 && /^\d+$/.test(parts.at(-1) ?? '')) parts.pop();
  return parts;
}
