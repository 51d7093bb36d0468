/** Results as text for people. */

import type { HealthResult } from '../../shared/health.ts';
import type { DoctorResult, ImportResult, RebuildResult, RecordResult, RepairResult, SealResult, SessionList, Stats, TouchingSessions } from '../../shared/results.ts';
import type { Usage } from '../../shared/session.ts';
import { size } from '../../shared/size.ts';
import { plural } from '../../shared/words.ts';

export function importText({ sources, unrecognised }: ImportResult): string {
  const lines = Object.entries(sources).map(([source, counts]) =>
    `${source}: ${plural(counts.sessions, 'session')}, ${plural(counts.prompts, 'prompt')}, ${plural(counts.replies, 'reply', 'replies')}, `
    + `${plural(counts.toolExecutions, 'tool use')}${tokensText(counts.usage)} in ${plural(counts.files, 'file')}; ${plural(counts.newRecords, 'new record')}`
    + (counts.problems > 0 ? `, ${plural(counts.problems, 'problem')} (daybook doctor)` : ''));
  if (lines.length === 0) lines.push('No sessions were found.');
  for (const path of unrecognised) lines.push(`No importer yet for ${oneLine(path)}`);
  return lines.join('\n');
}

/** All that was sent and received, from the cache too; nothing where the source tells none. */
function tokensText({ inputTokens = 0, cacheReadTokens = 0, cacheWriteTokens = 0, outputTokens = 0 }: Usage): string {
  const tokens = inputTokens + cacheReadTokens + cacheWriteTokens + outputTokens;
  return tokens === 0 ? '' : `, ${plural(tokens, 'token')}`;
}

export function recordText({ accepted, duplicates, rejected }: RecordResult): string {
  const head = `${plural(accepted, 'record')} accepted, ${duplicates} known already, ${rejected.length} rejected.`;
  return [head, ...rejected.map(({ line, reason }) => `Line ${line}: ${reason}`)].join('\n');
}

export function listText({ sessions }: SessionList): string {
  if (sessions.length === 0) return 'No sessions yet. Read those of your AI tools with: daybook import';
  return sessions.map(({ endedAt, source, title, turns, kind, id, fidelity, sourceGone }) => {
    const facts = [source, ...(kind === 'chat' ? [plural(turns, 'turn')] : []), ...(fidelity ? [fidelity] : []), ...(sourceGone ? ['source gone, kept here'] : [])];
    return `${endedAt.slice(0, 16).replace('T', ' ')}  ${facts.join(' · ')}  ${oneLine(title)}\n    ${id}`;
  }).join('\n');
}

/** @param file as it was asked for */
export function touchingText({ sessions }: TouchingSessions, file: string): string {
  if (sessions.length === 0) return `No session that Daybook knows of touched ${oneLine(file)}.`;
  return sessions.map(({ touchedAt, source, title, id, changes }) =>
    `${touchedAt.slice(0, 16).replace('T', ' ')}  ${source} · ${changes === 0 ? 'only looked' : plural(changes, 'change')}  ${oneLine(title)}\n    ${id}`).join('\n');
}

export function statsText(stats: Stats): string {
  const families = Object.entries(stats.byFamily).map(([family, records]) => `  ${family}: ${records}`);
  const sources = Object.entries(stats.bySource).map(([source, records]) => `  ${source}: ${records}`);
  return [
    `${plural(stats.records, 'record')} in ${plural(stats.sessions, 'session')}`, ...families, 'By source', ...sources,
    `Journal ${size(stats.journalBytes)}, database ${size(stats.databaseBytes)}`,
    `${plural(stats.redactions, 'redaction')}, ${plural(stats.problems, 'problem')}`,
    ...actorLines(stats),
  ].join('\n');
}

function actorLines({ edits }: Stats): string[] {
  if (!edits || edits.total === 0) return [];
  return [`Edits and changes of files since ${edits.since.slice(0, 10)}`, ...Object.entries(edits.byActor).map(([actor, count]) => `  ${oneLine(actor)}: ${count}`)];
}

export function rebuildText({ files, records, durationMs, problems }: RebuildResult): string {
  return `The index was made again from ${plural(files, 'journal file')}: ${plural(records, 'record')} in ${(durationMs / 1000).toFixed(1)} s`
    + (problems > 0 ? `, ${plural(problems, 'line')} that could not be read.` : '.');
}

export function sealText({ blocks, bytesBefore, bytesAfter }: SealResult): string {
  if (blocks === 0) return 'No day that is over is uncompressed.';
  return `Compressed: the journal takes ${size(bytesAfter)} instead of ${size(bytesBefore)}.`;
}

export function repairText({ backup, done }: RepairResult): string {
  const before = backup === null ? 'There is nothing recorded, so no backup was made.' : `What there is was backed up before: ${backup}.`;
  return [before, ...done.map(oneLine), done.length === 0 ? 'There was nothing to put right.' : 'Look once more with: daybook doctor'].join('\n');
}

export function doctorText({ healthy, checks, health }: DoctorResult): string {
  const mark = { ok: '✓', warning: '!', failed: '✗' };
  const lines = checks.map(({ name, state, message }) => `${mark[state]} ${oneLine(name)}: ${oneLine(message)}`);
  return [...lines, ...ledgerText(health), healthy ? 'All is well.' : 'Something needs a look.'].join('\n');
}

/** The ledger as a table: what was captured, redacted, dropped and not seen, by source. */
function ledgerText({ sources }: HealthResult): string[] {
  const known = sources.filter(({ source }) => source !== 'daybook');
  if (known.length === 0) return [];
  const rows = known.map(({ displayName, records, sessions, redactions, dropped, gaps, lastAt }) =>
    [oneLine(displayName), ...[records, sessions, redactions, dropped, gaps].map(String), lastAt?.slice(0, 16).replace('T', ' ') ?? 'never']);
  const table = [['source', 'records', 'sessions', 'redacted', 'dropped', 'gaps', 'last seen'], ...rows];
  const widths = table.reduce<number[]>((most, row) => row.map((cell, at) => Math.max(cell.length, most[at] ?? 0)), []);
  return table.map((row) => row.map((cell, at) => (at > 0 && at < 6 ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0))).join('  ').trimEnd());
}

/** Foreign text on one line that cannot steer a terminal. */
export function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').replace(/[\u202a-\u202e\u2066-\u2069]/g, '').trim();
}
