/** Private keys whose lines are the elements of an array, as in the patches that editing tools keep. */

import { createMatcher } from './matcher.ts';
import { privateKeyRules } from './pem.ts';
import type { Fingerprint } from './placeholder.ts';
import { merge, replace } from './ranges.ts';
import type { Finding, OnFound } from './rule.ts';

const match = createMatcher(privateKeyRules);
const mark = /----\s?(?:BEGIN|END) /;

/** Whether a private key may begin or end in an element. */
export function mayHoldSplitKey(element: string): boolean {
  return mark.test(element);
}

/** The elements, with a placeholder in each that holds a part of a key; the same array where none does. Counts keys, not elements. */
export function redactSplitKeys(values: readonly unknown[], onFound?: OnFound, fingerprint?: Fingerprint): { readonly values: readonly unknown[]; readonly count: number } {
  if (values.length < 2 || !values.every((value) => typeof value === 'string')) return { values, count: 0 };
  if (!values.some(mayHoldSplitKey)) return { values, count: 0 };
  const findings = merge(match(values.join('\n')).findings);
  if (findings.length === 0) return { values, count: 0 };
  let start = 0;
  const redacted = values.map((value) => {
    const parts = findings.flatMap((finding) => within(finding, start, value.length));
    start += value.length + 1;
    for (const { rule, start: from, end } of parts) onFound?.(rule, value.slice(from, end));
    return parts.length > 0 ? replace(value, parts, fingerprint) : value;
  });
  return { values: redacted, count: findings.length };
}

/** The part of a finding that lies in the `length` characters from `start` on, counted from there. */
function within(finding: Finding, start: number, length: number): Finding[] {
  const from = Math.max(0, finding.start - start);
  const end = Math.min(length, finding.end - start);
  return end > from ? [{ ...finding, start: from, end }] : [];
}
