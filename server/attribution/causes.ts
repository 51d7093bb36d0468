/** What caused a record, as far as other records prove it. */

import { filePath } from '../../shared/filePath.ts';
import type { DaybookRecord } from '../../shared/record.ts';
import type { Link } from '../../shared/links.ts';
import { agentOf, authorOf } from './author.ts';
import { callsGit, commandOf, commandOfDeed, names, ranIn } from './command.ts';
import { linkTo, linkToDeed } from './link.ts';
import { fieldsOf, isCommand, isEdit, isFileEvent, isGit, spanOf, type Deed, type Witness } from './witness.ts';

export const mostLinks = 50;
/** What git did is told so long after a command had it do so. */
const gitLateMs = 10_000;
const slackMs = 5_000;
const fileLateMs = 15_000;
const dayMs = 86_400_000;
/** How far back the last test run, and the last commit, is looked for. */
const runMs = dayMs / 2;
const commitMs = 30 * dayMs;
/** Files of a commit that are looked at, and sessions of each. */
const mostFiles = 100;
const mostSessions = 20;

export function causesOf(record: DaybookRecord, witness: Witness): Link[] {
  if (isEdit(record) || isFileEvent(record)) return [...ofChange(record, witness)];
  if (isCommand(record)) return deedsBehind(record, witness).map((deed) => linkToDeed(deed, 'same-command'));
  if (record.type === 'dev.daybook.event.test.run') return ofTestRun(record, witness);
  if (!isGit(record)) return [];
  return record.type.endsWith('git.commit') ? [...sessionsOf(record, witness), ...ofGit(record, witness)] : ofGit(record, witness);
}

/** Calls of agents that ran what a terminal recorded. */
export function deedsBehind(record: DaybookRecord, { deeds }: Witness): readonly Deed[] {
  const { from, to } = spanOf(record);
  return commandOf(record) === undefined ? [] : deeds.commands(from - slackMs, to + slackMs, 0).filter((deed) => ranIn(deed, record));
}

/** The agent or the person whose command had git do something; undefined where nobody's is known. */
export function actorOfGit(record: DaybookRecord, witness: Witness): string | undefined {
  const [deed] = gitDeeds(record, witness);
  if (deed) return agentOf(deed);
  const command = gitCommand(record, witness);
  const [behind] = command ? deedsBehind(command, witness) : [];
  return behind && agentOf(behind);
}

function* ofChange(record: DaybookRecord, witness: Witness): Generator<Link> {
  const author = authorOf(record, witness);
  if (!author) return;
  for (const deed of author.deeds) yield linkToDeed(deed, author.because);
  for (const other of author.records) yield linkTo(other, author.because);
  if (isFileEvent(record) && author.because === 'disk') {
    for (const command of commandsThen(record, witness)) yield linkTo(command, 'command');
  }
}

/** Commands of terminals that ran while a file changed, and name it. */
function commandsThen(record: DaybookRecord, witness: Witness): DaybookRecord[] {
  const { uri } = fieldsOf(record);
  const path = typeof uri === 'string' ? filePath(uri) : undefined;
  const { from, to } = spanOf(record);
  if (path === undefined) return [];
  return [...witness.scan({ since: from, until: to + fileLateMs, kinds: ['terminal.command'] })]
    .filter((command) => names(commandOf(command) ?? '', path) && spanOf(command).from <= to).slice(0, mostLinks);
}

function ofGit(record: DaybookRecord, witness: Witness): Link[] {
  const command = gitCommand(record, witness);
  return [...gitDeeds(record, witness).slice(0, 1).map((deed) => linkToDeed(deed, 'command')), ...(command ? [linkTo(command, 'command')] : [])];
}

function kindOf({ type }: DaybookRecord): string {
  return type.slice('dev.daybook.event.'.length);
}

/** The nearest first. */
function gitDeeds(record: DaybookRecord, { deeds }: Witness): readonly Deed[] {
  const at = Date.parse(record.time);
  return deeds.commands(at - gitLateMs, at + slackMs, 0).filter((deed) => callsGit(commandOfDeed(deed) ?? '', kindOf(record)));
}

function gitCommand(record: DaybookRecord, witness: Witness): DaybookRecord | undefined {
  const at = Date.parse(record.time);
  const near = [...witness.scan({ since: at - gitLateMs, until: at + fileLateMs, kinds: ['terminal.command'] })];
  return near.filter((command) => spanOf(command).from <= at && callsGit(commandOf(command) ?? '', kindOf(record))).at(-1);
}

/** The command that printed it, and what was changed since the last run. */
function ofTestRun(record: DaybookRecord, witness: Witness): Link[] {
  const { parent } = fieldsOf(record);
  const command = typeof parent === 'string' ? witness.record(parent) : undefined;
  const began = command ? spanOf(command).from : Date.parse(record.time);
  return [...editsBefore(record, began, witness).map((edit) => linkTo(edit, 'since-last-run')), ...(command ? [linkTo(command, 'output')] : [])];
}

function editsBefore(record: DaybookRecord, began: number, witness: Witness): DaybookRecord[] {
  const since = lastRun(record, began, witness);
  const edits: DaybookRecord[] = [];
  for (const edit of witness.scan({ since, until: began + 1, kinds: ['editor.edited', 'file.changed'] })) {
    if (edit.id === record.id || edit.workspace !== record.workspace) continue;
    edits.push(edit);
    if (edits.length > mostLinks) edits.shift();
  }
  return edits;
}

/** When the last run before began: what was changed while it ran is new to the next. */
function lastRun(record: DaybookRecord, began: number, witness: Witness): number {
  let last = began - runMs;
  for (const run of witness.scan({ since: began - runMs, until: began, kinds: ['test.run'] })) {
    if (run.id === record.id || run.workspace !== record.workspace) continue;
    const { parent } = fieldsOf(run);
    const command = typeof parent === 'string' ? witness.record(parent) : undefined;
    last = (command ? spanOf(command).from : Date.parse(run.time)) + 1;
  }
  return last;
}

/** Sessions that changed the files of a commit, each file since the last commit that held it. */
function sessionsOf(record: DaybookRecord, witness: Witness): Link[] {
  const at = Date.parse(record.time);
  const since = lastCommits(record, witness);
  const found = new Map<string, number>();
  for (const path of committedFiles(record)) {
    for (const { session, last, changes } of witness.touching(path, mostSessions, since.get(path) ?? at - commitMs, at + 1)) {
      if (changes > 0) found.set(session, Math.max(found.get(session) ?? 0, Math.min(last, at)));
    }
  }
  return [...found].sort(([, a], [, b]) => a - b).slice(-mostLinks).map(([id, last]) => ({
    id, what: 'session', kind: id.startsWith('coding:') ? 'coding' : 'chat', time: new Date(last).toISOString(), label: witness.title(id) ?? id, because: 'since-last-commit',
  }));
}

/** Absolute paths. */
export function committedFiles(record: DaybookRecord): string[] {
  const { repository, files } = fieldsOf(record);
  const list: unknown = typeof files === 'object' && files !== null && 'names' in files ? files.names : undefined;
  if (typeof repository !== 'string' || !Array.isArray(list)) return [];
  return list.slice(0, mostFiles).flatMap((name) => (typeof name === 'string' ? filePath(name, repository) : undefined) ?? []);
}

/** When each of its files was last committed before; those of a commit too large to name them all are not known, and none of them counts. */
function lastCommits(record: DaybookRecord, witness: Witness): ReadonlyMap<string, number> {
  const at = Date.parse(record.time);
  const own = new Set(committedFiles(record));
  const last = new Map<string, number>();
  for (const commit of witness.scan({ since: at - commitMs, until: at, kinds: ['git.commit'] })) {
    if (commit.id === record.id) continue;
    for (const path of committedFiles(commit)) if (own.has(path)) last.set(path, Date.parse(commit.time));
  }
  return last;
}
