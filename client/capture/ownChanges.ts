import * as vscode from 'vscode';

/** What the editor itself did to files: it is told as such, and is no change from outside. */
export interface OwnChanges {
  /** Whether the editor touched this file a moment ago. */
  has(uri: vscode.Uri): boolean;
  dispose(): void;
}

/** A watcher tells of a change within this time. */
const rememberedMs = 5_000;

export function watchOwnChanges(): OwnChanges {
  const touched = new Map<string, number>();

  function touch(uri: vscode.Uri): void {
    const now = Date.now();
    touched.delete(uri.toString());
    touched.set(uri.toString(), now);
    // Oldest first: only what is over is looked at.
    for (const [key, at] of touched) {
      if (now - at <= rememberedMs) break;
      touched.delete(key);
    }
  }

  const { workspace } = vscode;
  const listeners = vscode.Disposable.from(
    workspace.onDidSaveTextDocument(({ uri }) => touch(uri)),
    workspace.onDidSaveNotebookDocument(({ uri }) => touch(uri)),
    workspace.onDidCreateFiles(({ files }) => files.forEach(touch)),
    workspace.onDidDeleteFiles(({ files }) => files.forEach(touch)),
    workspace.onDidRenameFiles(({ files }) => files.forEach(({ oldUri, newUri }) => [oldUri, newUri].forEach(touch))),
  );
  return {
    has: (uri) => Date.now() - (touched.get(uri.toString()) ?? 0) <= rememberedMs,
    dispose: () => void listeners.dispose(),
  };
}
