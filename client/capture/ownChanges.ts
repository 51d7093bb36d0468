import * as vscode from 'vscode';

/** What the editor itself did to files: it is told as such, and is no change from outside. */
export interface OwnChanges {
  /** Whether the editor touched this file a moment ago. */
  has(uri: vscode.Uri): boolean;
  /** Whether the editor was the last to write this file, minutes ago at most: on a busy machine a watcher tells of that late. */
  wroteLast(uri: vscode.Uri): Promise<boolean>;
  dispose(): void;
}

/** A watcher tells of a change within this time. */
const momentMs = 5_000;
/** Or within this one, where the machine has much else to do. */
const rememberedMs = 300_000;
const mostRemembered = 10_000;
/** So long before the editor tells of it at most, it wrote: an older file was put there by somebody else. */
const writtenMs = 10_000;

export function watchOwnChanges(): OwnChanges {
  const touched = new Map<string, number>();

  function touch(uri: vscode.Uri): void {
    const now = Date.now();
    touched.delete(uri.toString());
    touched.set(uri.toString(), now);
    // Oldest first: only what is over is looked at.
    for (const [key, at] of touched) {
      if (now - at <= rememberedMs && touched.size <= mostRemembered) break;
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
    has: (uri) => Date.now() - (touched.get(uri.toString()) ?? 0) <= momentMs,
    async wroteLast(uri) {
      const at = touched.get(uri.toString());
      if (at === undefined) return false;
      try {
        const age = at - (await vscode.workspace.fs.stat(uri)).mtime;
        return age >= 0 && age <= writtenMs;
      } catch {
        return false;
      }
    },
    dispose: () => void listeners.dispose(),
  };
}
