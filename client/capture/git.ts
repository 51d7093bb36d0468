import { relative } from 'node:path';
import * as vscode from 'vscode';
import type { FileNames, GitMoved } from '../../shared/activity.ts';
import { sentence } from '../../shared/problem.ts';
import type { Emit } from './emit.ts';
import { withGit } from './gitApi.ts';
import type { GitApi, GitRepository } from './gitApi.ts';
import { openGitFolder } from './gitFolder.ts';
import type { GitFolder } from './gitFolder.ts';
import { kindOf, movedData, movedSubject, parseReflog } from './reflog.ts';
import type { Move } from './reflog.ts';
import { settled } from './settled.ts';

const quietMs = 300;
const longestMs = 2_000;
/** Of a script that makes more commits at once than that, the last ones are recorded, and how many there were. */
const mostMoves = 20;
const mostNames = 100;
const mostBranchNames = 20;

/**
 * Records what git did, whoever called it. The built-in extension says when something changed; git's own diary says what. Nothing is
 * run: the names of files are asked of the extension.
 */
export function captureGit(emit: Emit, log: vscode.LogOutputChannel): vscode.Disposable {
  const failed = (error: unknown): void => log.warn(`Git cannot be followed. ${sentence(error)}`);
  return withGit((api) => followRepositories(api, (repository) => followRepository(repository, emit, failed)), failed);
}

function followRepositories(api: GitApi, follow: (repository: GitRepository) => vscode.Disposable): vscode.Disposable {
  const followed = new Map<string, vscode.Disposable>();
  const add = (repository: GitRepository): void => {
    const key = repository.rootUri.toString();
    if (repository.rootUri.scheme === 'file' && !followed.has(key)) followed.set(key, follow(repository));
  };
  const remove = ({ rootUri }: GitRepository): void => {
    followed.get(rootUri.toString())?.dispose();
    followed.delete(rootUri.toString());
  };
  api.repositories.forEach(add);
  return vscode.Disposable.from(api.onDidOpenRepository(add), api.onDidCloseRepository(remove), {
    dispose: () => followed.forEach((each) => void each.dispose()),
  });
}

interface Known {
  readonly folder: GitFolder;
  /** Hashes, the latest last. */
  stashes: readonly string[];
  branches: ReadonlySet<string>;
}

function followRepository(repository: GitRepository, emit: Emit, failed: (error: unknown) => void): vscode.Disposable {
  const { rootUri } = repository;
  const uri = rootUri.toString();
  let looking: Promise<Known | undefined> = open(rootUri.fsPath).catch(told);

  function told(error: unknown): undefined {
    failed(error);
  }

  async function look(known: Known): Promise<Known> {
    const moves = parseReflog(await known.folder.newMoves()).filter((move) => kindOf(move) !== undefined);
    for (const move of moves.slice(-mostMoves)) await tellMove(move);
    if (moves.length > mostMoves) tellMany(moves);
    await tellStashes(known);
    await tellBranches(known);
    return known;
  }

  async function tellMove(move: Move): Promise<void> {
    const kind = kindOf(move);
    if (kind === undefined) return;
    const data = movedData(uri, move);
    const files = data.previous === undefined ? undefined : await filesOf(kind, data.previous, data.hash);
    emit('events', kind, { ...data, ...(files === undefined ? {} : { files }) }, { subject: movedSubject(move), uri: rootUri });
  }

  function tellMany(moves: readonly Move[]): void {
    const first = moves[0];
    const last = moves.at(-1);
    if (!first || !last) return;
    const message = `${moves.length - mostMoves} earlier moves of HEAD at once are not recorded one by one.`;
    const data: GitMoved = { repository: uri, operation: 'many', hash: last.hash, previous: first.previous, message };
    emit('events', 'git.moved', data, { subject: `${moves.length} moves of HEAD`, uri: rootUri });
  }

  /** The editor compares with what both have in common, so that going back asks twice. */
  async function filesOf(kind: string, previous: string, hash: string): Promise<FileNames | undefined> {
    const there = await filesBetween(previous, hash);
    const back = kind === 'git.commit' ? undefined : await filesBetween(hash, previous);
    if (!there || !back) return there;
    const names = [...new Set([...there.names, ...back.names])];
    return { count: Math.max(names.length, there.count, back.count), names: names.slice(0, mostNames) };
  }

  async function filesBetween(previous: string, hash: string): Promise<FileNames | undefined> {
    if (previous === hash) return { count: 0, names: [] };
    try {
      const changes = await repository.diffBetween(previous, hash);
      const names = changes.slice(0, mostNames).map((change) => relative(rootUri.fsPath, change.uri.fsPath).replaceAll('\\', '/'));
      return { count: changes.length, names };
    } catch (error) {
      return told(error);
    }
  }

  async function tellStashes(known: Known): Promise<void> {
    const stashes = parseReflog(await known.folder.stashes());
    const before = known.stashes;
    known.stashes = stashes.map(({ hash }) => hash);
    const last = stashes.at(-1);
    if (stashes.length === before.length) return;
    const pushed = stashes.length > before.length && last !== undefined;
    const what = pushed ? { hash: last.hash, message: `${last.operation}${last.message && ': '}${last.message}`, at: last.at } : {};
    // A stash is a commit on what HEAD was; one that was taken away stays readable for a while.
    const hash = pushed ? last.hash : before.find((each) => !known.stashes.includes(each));
    const files = hash === undefined ? undefined : await filesBetween(`${hash}^`, hash);
    const data = { repository: uri, action: pushed ? 'pushed' : 'removed', count: stashes.length, ...what, ...(files && { files }) } as const;
    emit('events', 'git.stash', data, {
      subject: what.message ?? 'stash', uri: rootUri,
    });
  }

  async function tellBranches(known: Known): Promise<void> {
    const now = new Set(await known.folder.branches());
    const before = known.branches;
    known.branches = now;
    // The first commit makes the branch that everybody knew of already.
    if (before.size > 0) tellNames('created', [...now].filter((name) => !before.has(name)));
    tellNames('deleted', [...before].filter((name) => !now.has(name)));
  }

  function tellNames(action: 'created' | 'deleted', all: readonly string[]): void {
    if (all.length === 0) return;
    const names = all.slice(0, mostBranchNames);
    emit('events', 'git.branch', { repository: uri, action, names, count: all.length }, { subject: names.join(', '), uri: rootUri });
  }

  const changed = settled(quietMs, longestMs, () => {
    // One look after the other: each begins where the last ended.
    looking = looking.then((known) => known && look(known).catch((error: unknown) => told(error) ?? known));
  });
  return vscode.Disposable.from(changed, repository.state.onDidChange(changed));
}

async function open(root: string): Promise<Known> {
  const folder = await openGitFolder(root);
  return { folder, stashes: parseReflog(await folder.stashes()).map(({ hash }) => hash), branches: new Set(await folder.branches()) };
}
