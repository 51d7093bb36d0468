/** Asks the editor to tell of test reports that appear or change, for as long as they are wanted: nothing is watched otherwise. */

import { DidChangeWatchedFilesNotification, WatchKind, type Connection, type Disposable } from 'vscode-languageserver';
import { sentence } from '../../shared/problem.ts';
import { reportGlobs } from './testReports.ts';

export interface ReportWatch {
  /** Whether reports are wanted now. */
  set(wanted: boolean): void;
}

/** @param canWatch whether the client lets a server ask for that; of one that does not, reports are read when it tells of them by itself */
export function createReportWatch(connection: Connection, canWatch: boolean): ReportWatch {
  let isWanted = false;
  let registered: Disposable | undefined;
  let turn: Promise<void> = Promise.resolve();

  async function update(): Promise<void> {
    if (isWanted === (registered !== undefined)) return;
    if (registered) {
      registered.dispose();
      registered = undefined;
      return;
    }
    const watchers = reportGlobs.map((globPattern) => ({ globPattern, kind: WatchKind.Create | WatchKind.Change }));
    registered = await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
  }

  return {
    set(wanted) {
      if (!canWatch || wanted === isWanted) return;
      isWanted = wanted;
      turn = turn.then(update).catch((error: unknown) => connection.console.warn(`The editor does not tell of test reports. ${sentence(error)}`));
    },
  };
}
