/** Both layers over many strings at once. */

import { placeholderStart } from '../../../shared/redaction.ts';
import { createMatcher } from './matcher.ts';
import { pieces } from './placeholder.ts';
import { merge, replace } from './ranges.ts';
import type { Finding, OnFound } from './rule.ts';
import { ownRules } from './rules.ts';
import { findWithPreset, mayBeginPreset, mayMatch, presetKeywords } from './secretlint.ts';
import { noUserRules, type UserRules } from './user/userRules.ts';
import { views } from './views.ts';

/** A string after redaction and how many placeholders were put in. */
export interface RedactedText {
  readonly text: string;
  readonly count: number;
}

/**
 * How often a changed string is looked at again. What a placeholder leaves on its two sides may look different by itself;
 * two looks are enough for all but strings made to need more.
 */
const rounds = 8;

const match = createMatcher(ownRules, { keywords: presetKeywords, isMark: mayBeginPreset });

/** Redacts every string with the own rules, then with the preset, and again where that changed something. */
export async function redactTexts(texts: readonly string[], onFound?: OnFound, user: UserRules = noUserRules): Promise<readonly RedactedText[]> {
  const results: RedactedText[] = [];
  let open: number[] = [];
  for (const [index, text] of texts.entries()) {
    const { isMarked, ...result } = look(text, onFound, user);
    results.push(result);
    if (isMarked) open.push(index);
  }
  for (let round = 0; round < rounds && open.length > 0; round++) open = await redactWithPreset(results, open, onFound, user);
  return results;
}

/** Own rules and those of the user only, synchronously. */
export function redactWithOwnRules(text: string, onFound?: OnFound, user: UserRules = noUserRules): RedactedText {
  const { text: redacted, count } = look(text, onFound, user);
  return { text: redacted, count };
}

/** Own rules, and whether what they leave may hold something for the preset. */
function look(text: string, onFound: OnFound | undefined, user: UserRules): RedactedText & { readonly isMarked: boolean } {
  let result = { text, count: 0, isMarked: false };
  for (let round = 0; round < rounds; round++) {
    let isMarked = false;
    const next = redactPieces(result.text, (piece) => {
      const found = match(piece);
      isMarked ||= found.isMarked;
      return user.find ? [...kept(piece, found.findings, user), ...kept(piece, user.find(piece), user)] : kept(piece, found.findings, user);
    }, onFound, user);
    result = { text: next.text, count: result.count + next.count, isMarked };
    if (next.count === 0) break;
  }
  return result;
}

/** Without what the user never wants redacted. */
function kept(text: string, findings: readonly Finding[], { allows }: UserRules): readonly Finding[] {
  return allows && findings.length > 0 ? findings.filter(({ rule, start, end }) => !allows(rule, text.slice(start, end))) : findings;
}

/** Replaces what is found between the placeholders that are there already. */
function redactPieces(text: string, find: (text: string) => readonly Finding[], onFound: OnFound | undefined, { fingerprint }: UserRules): RedactedText {
  if (!text.includes(placeholderStart)) {
    const findings = merge(find(text));
    tell(text, findings, onFound);
    return { text: findings.length > 0 ? replace(text, findings, fingerprint) : text, count: findings.length };
  }
  let count = 0;
  const parts = pieces(text).map((piece) => {
    const findings = piece.isPlaceholder ? [] : merge(find(piece.text));
    count += findings.length;
    tell(piece.text, findings, onFound);
    return findings.length > 0 ? replace(piece.text, findings, fingerprint) : piece.text;
  });
  return count > 0 ? { text: parts.join(''), count } : { text, count };
}

function tell(text: string, findings: readonly Finding[], onFound: OnFound | undefined): void {
  if (onFound) for (const { rule, start, end } of findings) onFound(rule, text.slice(start, end));
}

/** Runs the preset over the open results, changes them in place and returns those that changed. */
async function redactWithPreset(results: RedactedText[], open: readonly number[], onFound: OnFound | undefined, user: UserRules): Promise<number[]> {
  const wanted = open.flatMap((index) => pieces(results[index]?.text ?? '')).filter((piece) => !piece.isPlaceholder);
  const found = await presetFindings([...new Set(wanted.map((piece) => piece.text))]);
  return open.filter((index) => {
    const before = results[index];
    const changed = before && redactPieces(before.text, (text) => kept(text, found.get(text) ?? [], user), onFound, user);
    if (!before || !changed || changed.count === 0) return false;
    const again = redactWithOwnRules(changed.text, onFound, user);
    results[index] = { text: again.text, count: before.count + changed.count + again.count };
    return true;
  });
}

/** By text, what the preset finds in any of its readings. */
async function presetFindings(texts: readonly string[]): Promise<ReadonlyMap<string, readonly Finding[]>> {
  const readings = texts.flatMap((text) => views(text).flatMap((view) => (mayMatch.test(view.text) ? [{ text, view }] : [])));
  const found = await findWithPreset(readings.map((reading) => reading.view.text));
  const byText = new Map<string, Finding[]>();
  for (const [index, { text, view }] of readings.entries()) {
    for (const finding of found[index] ?? []) {
      const findings = byText.get(text) ?? [];
      findings.push({ ...view.original(finding), rule: finding.rule, rank: 0 });
      byText.set(text, findings);
    }
  }
  return byText;
}
