/** Git's own diary of a reference: one line for each move. https://git-scm.com/docs/git-reflog */

import type { GitMoved } from '../../shared/activity.ts';

/** One line of a reflog. */
export interface Move {
  readonly previous: string;
  readonly hash: string;
  readonly author: string;
  /** RFC 3339, to the second. */
  readonly at: string;
  /** Such as `commit (amend)`, `checkout`, `rebase (finish)`. */
  readonly operation: string;
  /** What follows the operation. */
  readonly message: string;
}

/** What the moves of HEAD are recorded as. */
export type MoveKind = 'git.commit' | 'git.checkout' | 'git.merge' | 'git.rebase' | 'git.reset' | 'git.moved';

/** Whole lines; what is not one of git's is left out, as git does. */
export function parseReflog(text: string): readonly Move[] {
  return text.split('\n').flatMap((line) => {
    const [, previous, hash, author, seconds, words] = /^([0-9a-f]{40,64}) ([0-9a-f]{40,64}) (.*?) <[^>]*> (\d{1,12}) [+-]\d+\t(.*)$/.exec(line) ?? [];
    if (previous === undefined || hash === undefined || author === undefined || words === undefined) return [];
    const colon = words.indexOf(': ');
    const [operation, message] = colon < 0 ? [words, ''] : [words.slice(0, colon), words.slice(colon + 2)];
    return [{ previous, hash, author, at: new Date(Number(seconds) * 1_000).toISOString(), operation, message }];
  });
}

/** The kind of a move; undefined for the steps of a rebase, whose end says it, and for what moved nothing. */
export function kindOf({ operation, message, previous, hash }: Move): MoveKind | undefined {
  if (/\((start|pick|reword|edit|squash|fixup|continue|skip)\)|^rebase( -i)?$/.test(operation)) return undefined;
  if (/rebase|pull.*\(finish\)/.test(operation)) return 'git.rebase';
  if (/^(merge|pull)|^commit \(merge\)/.test(operation)) return 'git.merge';
  if (/^(commit|cherry-pick|revert)/.test(operation)) return 'git.commit';
  if (operation === 'checkout' && branchesOf(message)) return 'git.checkout';
  // A stash resets to where HEAD is already, and a clone is where HEAD begins.
  if (previous === hash || operation.startsWith('clone')) return undefined;
  return operation === 'reset' ? 'git.reset' : 'git.moved';
}

/** From where to where a checkout went. */
export function branchesOf(message: string): { readonly from: string; readonly to: string } | undefined {
  const [, from, to] = /^moving from (\S+) to (\S+)$/.exec(message) ?? [];
  return from === undefined || to === undefined ? undefined : { from, to };
}

/** The payload of a move, without its files. */
export function movedData(repository: string, { operation, hash, previous, author, at, message }: Move): GitMoved {
  const branches = branchesOf(message);
  return {
    repository, operation, at, hash,
    ...(/^0+$/.test(previous) ? {} : { previous }),
    ...(branches ?? (message === '' ? {} : { message })),
    author,
  };
}

/** What the record of a move is about. */
export function movedSubject({ operation, message }: Move): string {
  const branches = branchesOf(message);
  if (branches) return `${branches.from} → ${branches.to}`;
  return message === '' || !operation.startsWith('commit') ? `${operation} ${message}`.trim() : message;
}
