import * as vscode from 'vscode';
import { uuidv7 } from 'uuidv7';
import type { Payloads } from '../../shared/record.ts';
import type { RecordQueue } from './queue.ts';

/** What a record is about beside its data. */
export interface About {
  /** A stable identity; else a new one is given. */
  readonly id?: string;
  readonly subject?: string;
  /** The workspace folder that holds it is the record's workspace. */
  readonly uri?: vscode.Uri | undefined;
  readonly actor?: string;
}

/** Hands one record to the server, now or when it is there; never waits and never throws. The type of the data follows from the kind. */
export type Emit = <Of extends keyof Payloads, Kind extends keyof Payloads[Of] & string>(
  family: Of, kind: Kind, data: Payloads[Of][Kind], about?: About,
) => void;

export function createEmit(queue: RecordQueue): Emit {
  return (family, kind, data, { id = uuidv7(), subject, uri, actor } = {}) => {
    const folder = uri && vscode.workspace.getWorkspaceFolder(uri);
    queue.add({
      id,
      family,
      kind,
      data,
      time: new Date().toISOString(),
      ...(subject === undefined ? {} : { subject }),
      ...(folder === undefined ? {} : { workspace: folder.uri.toString() }),
      ...(actor === undefined ? {} : { actor }),
    });
  };
}

/** Path below its workspace folder, for people. */
export function nameOf(uri: vscode.Uri): string {
  return vscode.workspace.asRelativePath(uri, false);
}
