import * as vscode from 'vscode';
import type { ProblemCounts } from '../../shared/activity.ts';
import { nameOf } from './emit.ts';
import type { Emit } from './emit.ts';
import { countProblems } from './problemCounts.ts';
import { settled } from './settled.ts';

/** Problems flicker while somebody types; after so long without a change they have settled. */
const settledMs = 2_000;
const longestMs = 30_000;
/** Of more files at once there is one record for all. */
const mostFiles = 20;

/** Records how many problems a file has, once that has settled and is another count than before. */
export function captureDiagnostics(emit: Emit): vscode.Disposable {
  const known = new Map<string, string>();
  let waiting = new Map<string, vscode.Uri>();
  for (const [uri, diagnostics] of vscode.languages.getDiagnostics()) remember(uri, countProblems(diagnostics));

  /** Returns whether they are others than before. A file without problems is not held in memory. */
  function remember(uri: vscode.Uri, counts: ProblemCounts): boolean {
    const key = uri.toString();
    const now = Object.values(counts).some((count: number) => count > 0) ? Object.values(counts).join() : undefined;
    const before = known.get(key);
    if (now === undefined) known.delete(key);
    else known.set(key, now);
    return now !== before;
  }

  const settle = settled(settledMs, longestMs, () => {
    const looked = [...waiting.values()].map((uri) => ({ uri, counts: countProblems(vscode.languages.getDiagnostics(uri)) }));
    waiting = new Map();
    const changed = looked.filter(({ uri, counts }) => remember(uri, counts));
    if (changed.length > mostFiles) {
      return emit('events', 'diagnostics.changed', { files: changed.length, counts: sum(changed.map(({ counts }) => counts)) });
    }
    for (const { uri, counts } of changed) emit('events', 'diagnostics.changed', { uri: uri.toString(), counts }, { subject: nameOf(uri), uri });
  });

  return vscode.Disposable.from(settle, vscode.languages.onDidChangeDiagnostics(({ uris }) => {
    for (const uri of uris) if (uri.scheme === 'file') waiting.set(uri.toString(), uri);
    if (waiting.size > 0) settle();
  }));
}

function sum(all: readonly ProblemCounts[]): ProblemCounts {
  const total = (of: (counts: ProblemCounts) => number): number => all.reduce((so, counts) => so + of(counts), 0);
  return {
    errors: total((each) => each.errors), warnings: total((each) => each.warnings), infos: total((each) => each.infos), hints: total((each) => each.hints),
  };
}
