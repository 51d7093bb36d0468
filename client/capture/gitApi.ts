import * as vscode from 'vscode';

/** What Daybook needs of the built-in extension `vscode.git`. https://github.com/microsoft/vscode/blob/main/extensions/git/src/api/git.d.ts */
export interface GitApi {
  readonly repositories: readonly GitRepository[];
  readonly onDidOpenRepository: vscode.Event<GitRepository>;
  readonly onDidCloseRepository: vscode.Event<GitRepository>;
}

export interface GitRepository {
  readonly rootUri: vscode.Uri;
  readonly state: { readonly onDidChange: vscode.Event<void> };
  /** Files that differ between two commits. */
  diffBetween(one: string, other: string): Promise<readonly { readonly uri: vscode.Uri }[]>;
}

interface GitExtension {
  readonly enabled: boolean;
  readonly onDidChangeEnablement: vscode.Event<boolean>;
  getAPI(version: 1): GitApi;
}

/**
 * Calls back with git's API when it is there: at once, or when git is switched on in the settings. Without the extension, never.
 * @param failed is told when the extension does not start
 */
export function withGit(found: (api: GitApi) => vscode.Disposable, failed: (error: unknown) => void): vscode.Disposable {
  let listeners: vscode.Disposable | undefined;
  let watch: vscode.Disposable | undefined;
  let over = false;

  function take(git: GitExtension): void {
    if (over) return;
    const use = (): void => {
      listeners?.dispose();
      listeners = git.enabled ? found(git.getAPI(1)) : undefined;
    };
    watch = git.onDidChangeEnablement(use);
    use();
  }

  vscode.extensions.getExtension<GitExtension>('vscode.git')?.activate().then(take, failed);
  return new vscode.Disposable(() => {
    over = true;
    watch?.dispose();
    listeners?.dispose();
  });
}
