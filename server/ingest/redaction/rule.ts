/** What a redaction rule is. Rules are data; the few that no regular expression can express bring a function. */

/** A stretch of a string in UTF-16 code units, `end` exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A secret and the rule that found it. */
export interface Finding extends Range {
  readonly rule: string;
  /** Where findings overlap, the lowest rank names them: issuers before guesses. */
  readonly rank: number;
}

/** Is told of each secret that is taken out of a text: the rule that found it, and what it was. */
export type OnFound = (rule: string, secret: string) => void;

interface RuleBase {
  /** Stable, kebab-case: it is what stands in the placeholder. */
  readonly id: string;
  readonly description: string;
  /** Lower case. The rule is only tried where one of them begins, in whatever case. */
  readonly keywords: readonly string[];
}

interface PatternRule extends RuleBase {
  /**
   * Sticky, tried where a keyword begins. The group `secret` is what is replaced, the whole match without one; the group
   * `before`, inside a look-behind, is replaced as well. It must fail in bounded time: an open-ended repetition may only be its
   * last element or follow `tokenStart`.
   */
  readonly pattern: RegExp;
  /** A second look at the first 512 characters of what the pattern caught; absent where the pattern alone is proof. */
  readonly accepts?: (secret: string) => boolean;
}

export interface ScanRule extends RuleBase {
  /** The secret that belongs to the keyword at `at`. Must take bounded time for each keyword, or linear time over all of them. */
  readonly find: (text: string, at: number) => Range | undefined;
}

export type Rule = PatternRule | ScanRule;

/** Nothing that continues a word stands before; an escape written out (`\n`, `%3D`) ends in a letter but is no word. */
const wordStart = String.raw`(?<=^|[^A-Za-z0-9]|\\[nrt]|%[0-9A-Fa-f]{2})`;

/** As `wordStart`, but `-` and `_` continue a token too: a run of token characters is then tried once only. */
export const tokenStart = String.raw`(?<=^|[^A-Za-z0-9_-]|\\[nrt]|%[0-9A-Fa-f]{2})`;

/** A rule for a token with a prefix of its own: `body` begins with one of the keywords, at the start of a word. */
export function token(id: string, description: string, keywords: readonly string[], body: string): PatternRule {
  return pattern(id, description, keywords, `${wordStart}(?:${body})`);
}

/** A rule whose expression says itself where it may begin; `flags` in addition to `y`. */
export function pattern(
  id: string,
  description: string,
  keywords: readonly string[],
  source: string,
  flags = '',
  accepts?: (secret: string) => boolean,
): PatternRule {
  // Group positions cost a second match, so they are only asked for where there is a group.
  const indices = /\(\?<(?:secret|before)>/.test(source) ? 'd' : '';
  return { id, description, keywords, pattern: new RegExp(source, `${indices}y${flags}`), ...(accepts && { accepts }) };
}

/** Characters of a match that `accepts` gets to see. */
const judged = 512;

/** What the rule finds for the keyword at `at`. */
export function apply(rule: Rule, text: string, at: number): Range | undefined {
  if ('find' in rule) return rule.find(text, at);
  rule.pattern.lastIndex = at;
  const match = rule.pattern.exec(text);
  if (!match) return undefined;
  const [from, end] = match.indices?.groups?.['secret'] ?? [match.index, match.index + match[0].length];
  const start = match.indices?.groups?.['before']?.[0] ?? from;
  return rule.accepts && !rule.accepts(text.slice(start, Math.min(end, start + judged))) ? undefined : { start, end };
}
