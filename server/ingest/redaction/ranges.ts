/** Findings in one string: joined where they overlap, then replaced. */

import { placeholder, type Fingerprint } from './placeholder.ts';
import type { Finding } from './rule.ts';

/** The findings in order, overlapping ones as one, named by the one of the lowest rank. */
export function merge(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length < 2) return findings;
  const merged: Finding[] = [];
  for (const finding of findings.toSorted((a, b) => a.start - b.start || a.rank - b.rank)) {
    const last = merged.at(-1);
    if (last && finding.start < last.end) merged[merged.length - 1] = union(last, finding);
    else merged.push(finding);
  }
  return merged;
}

function union(a: Finding, b: Finding): Finding {
  const name = a.rank <= b.rank ? a : b;
  return { start: a.start, end: Math.max(a.end, b.end), rule: name.rule, rank: name.rank };
}

/** The text with a placeholder in place of each finding; they must be merged. */
export function replace(text: string, findings: readonly Finding[], fingerprint?: Fingerprint): string {
  const parts: string[] = [];
  let end = 0;
  for (const { rule, start, end: after } of findings) {
    parts.push(text.slice(end, start), placeholder(rule, text.slice(start, after), fingerprint));
    end = after;
  }
  parts.push(text.slice(end));
  return parts.join('');
}
