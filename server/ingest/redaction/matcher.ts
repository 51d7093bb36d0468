/** Layer one: our own rules over one string. */

import { createKeywordScan } from './keywords.ts';
import { apply } from './rule.ts';
import type { Finding, Rule } from './rule.ts';
import { views } from './views.ts';

/** What one look at a string found in any of its readings; the findings are not merged. */
export interface Look {
  readonly findings: readonly Finding[];
  /** Whether one of the `marks` is in it. */
  readonly isMarked: boolean;
}

/** Lower-case text that is looked for along with the keywords of the rules, and what it takes where it begins to be a mark. */
export interface Marks {
  readonly keywords: readonly string[];
  readonly isMark: (text: string, at: number) => boolean;
}

/** A function that finds the secrets of all rules in a string. */
export function createMatcher(rules: readonly Rule[], marks: Marks = { keywords: [], isMark: () => false }): (text: string) => Look {
  const matchPlain = createPlainMatcher(rules, marks);
  return (text) => {
    const found: Finding[] = [];
    const [plain, ...others] = views(text);
    let isMarked = plain !== undefined && matchPlain(plain.text, (finding) => found.push(finding));
    for (const view of others) {
      if (matchPlain(view.text, (finding) => found.push({ ...finding, ...view.original(finding) }))) isMarked = true;
    }
    return { findings: found, isMarked };
  };
}

/** Hands over findings and returns whether a mark was met. */
function createPlainMatcher(rules: readonly Rule[], marks: Marks): (text: string, on: (finding: Finding) => void) => boolean {
  const keywords = rules.flatMap((rule, rank) => rule.keywords.map((keyword) => [keyword, { rule, rank }] as const));
  const scan = createKeywordScan<{ readonly rule: Rule; readonly rank: number } | undefined>([
    ...keywords, ...marks.keywords.map((mark) => [mark, undefined] as const),
  ]);
  return (text, on) => {
    let isMarked = false;
    /** By rule, where its last finding ended. */
    const ends = new Map<number, number>();
    scan(text, (at, keyword) => {
      if (!keyword) {
        isMarked ||= marks.isMark(text, at);
        return;
      }
      const { rule, rank } = keyword;
      // Inside its own finding a rule has nothing to add; without this, repeated prefixes would take quadratic time.
      if (at < (ends.get(rank) ?? 0)) return;
      const range = apply(rule, text, at);
      if (!range) return;
      ends.set(rank, range.end);
      on({ ...range, rule: rule.id, rank });
    });
    return isMarked;
  };
}
