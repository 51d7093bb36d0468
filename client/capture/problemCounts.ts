import * as vscode from 'vscode';
import type { ProblemCounts } from '../../shared/activity.ts';

/** Counts problems by severity. */
export function countProblems(diagnostics: readonly vscode.Diagnostic[]): ProblemCounts {
  const count = (severity: vscode.DiagnosticSeverity): number => diagnostics.filter((each) => each.severity === severity).length;
  return {
    errors: count(vscode.DiagnosticSeverity.Error),
    warnings: count(vscode.DiagnosticSeverity.Warning),
    infos: count(vscode.DiagnosticSeverity.Information),
    hints: count(vscode.DiagnosticSeverity.Hint),
  };
}

/** Of all files together. */
export function countAllProblems(): ProblemCounts {
  return countProblems(vscode.languages.getDiagnostics().flatMap(([, diagnostics]) => diagnostics));
}
