/** Commands of agents and of terminals: whether one is the other, and what a command line is about. */

import type { DaybookRecord } from '../../shared/record.ts';
import { toolUse } from '../../shared/toolUse.ts';
import { fieldsOf, spanOf, type Deed } from './witness.ts';

/** Clocks, and how long a shell takes to begin. */
const slackMs = 5_000;
const unansweredMs = 10 * 60_000;

export function commandOfDeed({ call }: Deed): string | undefined {
  return call && toolUse(call).command;
}

/** The command line of a terminal; undefined for other records, and where only the fact is kept. */
export function commandOf(record: DaybookRecord): string | undefined {
  const { command } = fieldsOf(record);
  return typeof command === 'string' && command !== '' ? command : undefined;
}

/** Whether a call ran what a terminal recorded: the same words at the same time. */
export function ranIn(deed: Deed, terminal: DaybookRecord): boolean {
  const [asked, ran] = [commandOfDeed(deed), commandOf(terminal)].map((line) => line?.replace(/\s+/g, ' ').trim());
  if (asked === undefined || ran === undefined || asked !== ran) return false;
  const { from, to } = spanOf(terminal);
  return from >= deed.called - slackMs && to <= (deed.answered ?? deed.called + unansweredMs) + slackMs;
}

/** Whether a command line names a file, by its path or by its last name. */
export function mentions(deed: Deed, path: string): boolean {
  return names(commandOfDeed(deed) ?? '', path);
}

/** Whether the name stands in the line by itself: `a.ts` is not in `data.tsx`. */
export function names(line: string, path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  for (let at = line.indexOf(name); name !== '' && at !== -1; at = line.indexOf(name, at + 1)) {
    if (!/[\w.-]/.test(line.charAt(at - 1)) && !/[\w-]/.test(line.charAt(at + name.length))) return true;
  }
  return false;
}

/** Whether a line has git do something: `cd app && git commit -m x`, `git -C app stash`. */
export function callsGit(line: string, kind: string): boolean {
  const verb = kind.slice('git.'.length);
  const words = verb === 'checkout' || verb === 'branch' ? 'checkout|switch|branch|worktree' : verb === 'moved' ? '[a-z-]+' : `${verb}|pull`;
  return new RegExp(`\\bgit\\b[^|;&]*\\s(?:${words})\\b`).test(line);
}
