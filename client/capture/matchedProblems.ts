import * as vscode from 'vscode';
import type { MatchedProblem } from '../../shared/activity.ts';

/** What the problem matchers of a task find while it runs. */
export interface MatchedProblems {
  /** The problems, errors first, in the files whose problems changed since the beginning. */
  read(): { readonly matched?: readonly MatchedProblem[]; readonly matchedOmitted?: number };
  /** Whether there is a matcher that has told nothing yet. */
  isAwaited(): boolean;
  dispose(): void;
}

const mostFiles = 1_000;
const mostProblems = 50;
const longestMessage = 1_000;
const words = ['error', 'warning', 'info', 'hint'] as const;

/** Of a task without a matcher nothing is looked at. VS Code does not say who found a problem: it is told by when it came. */
export function watchMatched(task: vscode.Task): MatchedProblems {
  if (task.problemMatchers.length === 0) return { read: () => ({}), isAwaited: () => false, dispose: () => undefined };
  const changed = new Map<string, vscode.Uri>();
  const listener = vscode.languages.onDidChangeDiagnostics(({ uris }) => {
    for (const uri of uris) if (uri.scheme === 'file' && changed.size < mostFiles) changed.set(uri.toString(), uri);
  });
  return {
    read() {
      const all = [...changed.values()].flatMap((uri) => vscode.languages.getDiagnostics(uri).map((diagnostic) => ({ uri, diagnostic })));
      if (all.length === 0) return {};
      const kept = all.sort((a, b) => a.diagnostic.severity - b.diagnostic.severity).slice(0, mostProblems);
      return { matched: kept.map(({ uri, diagnostic }) => problemOf(uri, diagnostic)), ...(all.length > kept.length && { matchedOmitted: all.length - kept.length }) };
    },
    isAwaited: () => changed.size === 0,
    dispose: () => void listener.dispose(),
  };
}

function problemOf(uri: vscode.Uri, { severity, message, range }: vscode.Diagnostic): MatchedProblem {
  return { uri: uri.toString(), line: range.start.line + 1, severity: words[severity] ?? 'error', message: message.slice(0, longestMessage) };
}
