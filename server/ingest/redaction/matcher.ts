/** Layer one: our own rules over one string. */

import { createKeywordScan } from './keywords.ts';
import { apply } from './rule.ts';
import type { Finding, Rule } from './rule.ts';
import { views } from './views.ts';

/** A function that finds the secrets of all rules in a string, in any of its readings; not merged. */
export function createMatcher(rules: readonly Rule[]): (text: string) => readonly Finding[] {
  const matchPlain = createPlainMatcher(rules);
  return (text) => {
    const [plain, ...others] = views(text);
    const found = plain ? matchPlain(plain.text) : [];
    for (const view of others) {
      for (const finding of matchPlain(view.text)) found.push({ ...finding, ...view.original(finding) });
    }
    return found;
  };
}

function createPlainMatcher(rules: readonly Rule[]): (text: string) => Finding[] {
  const scan = createKeywordScan(rules.flatMap((rule, rank) => rule.keywords.map((keyword) => [keyword, { rule, rank }] as const)));
  const ends = new Int32Array(rules.length);
  return (text) => {
    const found: Finding[] = [];
    ends.fill(0);
    scan(text, (at, { rule, rank }) => {
      // Inside its own finding a rule has nothing to add; without this, repeated prefixes would take quadratic time.
      if (at < (ends[rank] ?? 0)) return;
      const range = apply(rule, text, at);
      if (!range) return;
      ends[rank] = range.end;
      found.push({ ...range, rule: rule.id, rank });
    });
    return found;
  };
}
