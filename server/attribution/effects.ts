/** What a record led to: of what came soon after, that which names it as its cause. Both ends of a link are told by the same rule. */

import { filePath } from '../../shared/filePath.ts';
import type { DaybookRecord } from '../../shared/record.ts';
import type { Link } from '../../shared/links.ts';
import type { Part, ToolCallPart } from '../../shared/session.ts';
import { toolUse } from '../../shared/toolUse.ts';
import { causesOf, committedFiles, mostLinks } from './causes.ts';
import { linkTo } from './link.ts';
import { fieldsOf, fileKinds, gitKinds, isCommand, isEdit, isFileEvent, isGit, spanOf, type Witness } from './witness.ts';

const secondMs = 1_000;
const dayMs = 86_400_000;
/** How long after a call its edit may come; its terminal may run for hours. */
const callMs = 10 * 60 * secondMs;
const soonMs = 15 * secondMs;
const runMs = dayMs / 2;
const commitMs = 7 * dayMs;
/** Records after it that are asked for their causes. */
const mostAsked = 500;
const changeKinds = ['editor.edited', ...fileKinds, 'files.changed'];
const gitAndBranch = [...gitKinds, 'git.branch'];

export function effectsOf(record: DaybookRecord, witness: Witness): Link[] {
  const { from, to } = spanOf(record);
  const parts = callsOf(record);
  if (parts.length > 0) return [...ofCalls(record, parts, witness), ...nextCommit(changedBy(record, parts), to, witness)];
  if (isEdit(record) || isFileEvent(record)) {
    const { uri } = fieldsOf(record);
    const path = typeof uri === 'string' ? filePath(uri) : undefined;
    const disk = isFileEvent(record) ? named(record, from, to + soonMs, ['editor.edited'], witness) : [];
    return [...disk, ...nextRun(record, witness), ...nextCommit(path === undefined ? [] : [path], to, witness)];
  }
  if (isCommand(record)) return named(record, from, to + soonMs, [...gitAndBranch, ...fileKinds, 'test.run'], witness);
  return isGit(record) && !record.type.endsWith('git.commit') ? named(record, from - soonMs, to + soonMs, changeKinds, witness) : [];
}

type Did = Extract<Part, { readonly type: 'tool_call' | 'edit' }>;

function isCall(part: Part | null): part is ToolCallPart {
  return part?.type === 'tool_call' && typeof part.name === 'string';
}

/** Calls, and edits that no call names. */
function callsOf(record: DaybookRecord): readonly Did[] {
  const { parts } = fieldsOf(record);
  if (record.type !== 'dev.daybook.chat.message' || !Array.isArray(parts)) return [];
  return (parts as readonly (Part | null)[]).filter((part): part is Did => isCall(part) || (part?.type === 'edit' && typeof part.uri === 'string'));
}

/** Absolute paths of what the calls were to change. */
function changedBy(record: DaybookRecord, parts: readonly Did[]): string[] {
  const files = parts.flatMap((part) => {
    if (part.type === 'edit') return [part.uri];
    const use = toolUse(part);
    return use.changes ? use.files : [];
  });
  return files.flatMap((file) => filePath(file, record.workspace) ?? []);
}

function ofCalls(record: DaybookRecord, parts: readonly Did[], witness: Witness): Link[] {
  const runs = parts.some((part) => part.type === 'tool_call' && toolUse(part).command !== undefined);
  const kinds = [...(changedBy(record, parts).length > 0 || runs ? changeKinds : []), ...(runs ? ['terminal.command', ...gitAndBranch] : [])];
  const at = Date.parse(record.time);
  return kinds.length === 0 ? [] : named(record, at - callMs, at + callMs, kinds, witness);
}

/** Records of that time that name this one as their cause. */
function named(record: DaybookRecord, since: number, until: number, kinds: readonly string[], witness: Witness): Link[] {
  const links: Link[] = [];
  let asked = 0;
  for (const other of witness.scan({ since, until, kinds })) {
    if (links.length >= mostLinks || ++asked > mostAsked) break;
    const cause = causesOf(other, witness).find(({ id }) => id === record.id);
    if (cause) links.push(linkTo(other, cause.because));
  }
  return links;
}

/** The first test run of the folder that began after a change. */
function nextRun(record: DaybookRecord, witness: Witness): Link[] {
  const at = Date.parse(record.time);
  for (const run of witness.scan({ since: at, until: at + runMs, kinds: ['test.run'] })) {
    if (run.workspace === record.workspace && causesOf(run, witness).some(({ id }) => id === record.id)) return [linkTo(run, 'since-last-run')];
  }
  return [];
}

/** The first commit after it that holds one of its files. */
function nextCommit(paths: readonly string[], at: number, witness: Witness): Link[] {
  if (paths.length === 0) return [];
  for (const commit of witness.scan({ since: at, until: at + commitMs, kinds: ['git.commit'] })) {
    const files = new Set(committedFiles(commit));
    if (paths.some((path) => files.has(path))) return [linkTo(commit, 'since-last-commit')];
  }
  return [];
}
