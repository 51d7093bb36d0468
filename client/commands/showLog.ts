import type { LogOutputChannel } from 'vscode';

/** *Show Log* */
export function showLog(log: LogOutputChannel): () => void {
  return () => log.show();
}
