import type * as vscode from 'vscode';
import type { DaybookRecord, ShortRecord } from '../shared/record.ts';
import type { RecordResult } from '../shared/results.ts';
import type { RecordQueue } from './capture/queue.ts';
import type { Server } from './server.ts';
import type { StatusWatch } from './status.ts';
import { createPersisted } from './workflow/persisted.ts';
import type { Persisted } from './workflow/persisted.ts';
import { createWithWorkflow } from './workflow/workflow.ts';
import type { WithWorkflow } from './workflow/workflow.ts';

/** What other extensions get from `vscode.extensions.getExtension('daybook.daybook').activate()`. Only ever added to. */
export interface DaybookApi {
  /** Goes up when something is added. */
  readonly version: 2;
  /**
   * Records one thing; resolves when it is durable. A record that is not taken, also because recording is paused or the folder's consent
   * does not allow it, is in `rejected` with the reason. Rejects when the server is not running.
   */
  record(record: ShortRecord): Promise<RecordResult>;
  /**
   * Since 2. Runs `body` and records its steps, errors and checkpoints. When the latest run of this name did not succeed, that run goes
   * on: the steps that succeeded are not run again. Names are shared by all extensions: begin them with your own id, as in `acme.release`.
   * Rejects with what `body` throws, and when it cannot be known whether there is something to resume.
   */
  readonly withWorkflow: WithWorkflow;
  /** Since 2. The same function, each call of it recorded as a tool execution, under its own name where none is given. */
  readonly persisted: Persisted;
  /** Since 2. Fires for each record of this day that is new in the store; of more than 200 at once, for the newest. */
  readonly onDidRecord: vscode.Event<DaybookRecord>;
}

export interface ApiWorld {
  readonly server: Server;
  readonly status: StatusWatch;
  /** Takes what the consent of its folder allows. */
  readonly queue: RecordQueue;
  readonly live: vscode.Event<DaybookRecord>;
  readonly log: { warn(message: string): void };
}

export function createApi({ server, status, queue, live, log }: ApiWorld): DaybookApi {
  async function record(one: ShortRecord): Promise<RecordResult> {
    if (status.current?.recording === false) return { accepted: 0, duplicates: 0, rejected: [{ line: 1, reason: 'Recording is paused.' }] };
    return server.request('daybook/record', { records: [one] });
  }
  return {
    version: 2,
    record,
    withWorkflow: createWithWorkflow({ record, past: (choice) => server.request('daybook/workflow', choice), log }),
    persisted: createPersisted((one) => status.recording && queue.add(one)),
    onDidRecord: live,
  };
}
