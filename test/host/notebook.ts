/** A notebook with one cell, and a kernel that runs it. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';

const type = 'jupyter-notebook';
const startMs = 30_000;

export interface Notebook {
  readonly uri: vscode.Uri;
  /** Runs its cell once; resolves when that has ended. */
  run(succeeds: boolean): Promise<void>;
  /** Closes it and takes its kernel away. */
  close(): Promise<void>;
}

/** Undefined where this VS Code knows no notebooks of Jupyter. */
export async function openNotebook(uri: vscode.Uri): Promise<Notebook | undefined> {
  if (!vscode.extensions.getExtension('vscode.ipynb')) return undefined;
  const cells = [{ cell_type: 'code', source: ['print(1)'], metadata: {}, outputs: [], execution_count: null }];
  await vscode.workspace.fs.writeFile(uri, Buffer.from(JSON.stringify({ cells, metadata: { language_info: { name: 'python' } }, nbformat: 4, nbformat_minor: 2 })));
  const document = await vscode.workspace.openNotebookDocument(uri);
  await vscode.window.showNotebookDocument(document);
  const controller = vscode.notebooks.createNotebookController(`daybook-test-${uri.path}`, type, 'Daybook test');
  controller.updateNotebookAffinity(document, vscode.NotebookControllerAffinity.Preferred);
  const chosen = new Promise<void>((resolve) => controller.onDidChangeSelectedNotebooks(({ selected }) => selected && resolve()));
  await vscode.commands.executeCommand('notebook.selectKernel', { id: controller.id, extension: 'daybook.daybook' });
  await Promise.race([chosen, new Promise((_, reject) => setTimeout(reject, startMs, new Error('The kernel was not chosen.')))]);
  return {
    uri,
    run(succeeds) {
      const [cell] = document.getCells();
      assert.ok(cell);
      const run = controller.createNotebookCellExecution(cell);
      run.start(Date.now());
      run.end(succeeds, Date.now());
      return Promise.resolve();
    },
    async close() {
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      controller.dispose();
    },
  };
}
