/** What a person adds to the rules of redaction, and takes from them, in the settings `daybook.redaction.*`. */

/** Personal data that is redacted where somebody wants it. `owner`: the names of the person whose home directory it is. */
export const personalClasses = ['email', 'phone', 'ip', 'owner'] as const;
export type PersonalClass = (typeof personalClasses)[number];

/** As the settings hold it; whoever compiles it says what is wrong with an entry. */
export interface RedactionChoice {
  /** `{name, pattern, example, counterExample?, ignoreCase?}` */
  readonly rules: readonly unknown[];
  /** Exact texts, or `{pattern, ignoreCase?}` of all of a text. */
  readonly allow: readonly unknown[];
  /** Of `personalClasses`. */
  readonly personal: readonly unknown[];
}

export const noChoice: RedactionChoice = { rules: [], allow: [], personal: [] };
