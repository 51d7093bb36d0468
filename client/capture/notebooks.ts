import * as vscode from 'vscode';
import { nameOf } from './emit.ts';
import type { Emit } from './emit.ts';

/** Records that a notebook cell was run. The code of the cell is in the notebook, and what it printed too. */
export function captureNotebooks(emit: Emit): vscode.Disposable {
  return vscode.workspace.onDidChangeNotebookDocument(({ notebook, cellChanges }) => {
    for (const { cell, executionSummary } of cellChanges) {
      // The summary also changes when a run begins, and then says nothing of an end.
      if (executionSummary?.timing === undefined) continue;
      const { success, timing, executionOrder } = executionSummary;
      emit('tool_executions', 'notebook.cell', {
        uri: notebook.uri.toString(),
        index: cell.index + 1,
        languageId: cell.document.languageId,
        status: success === undefined ? 'unknown' : success ? 'succeeded' : 'failed',
        ...(executionOrder === undefined ? {} : { executionOrder }),
        startedAt: new Date(timing.startTime).toISOString(),
        durationMs: Math.max(0, timing.endTime - timing.startTime),
      }, { subject: nameOf(notebook.uri), uri: notebook.uri });
    }
  });
}
