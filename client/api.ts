import type { ShortRecord } from '../shared/record.ts';
import type { RecordResult } from '../shared/results.ts';
import type { Server } from './server.ts';
import type { StatusWatch } from './status.ts';

/** What other extensions get from `vscode.extensions.getExtension(…).activate()`. Only ever added to. */
export interface DaybookApi {
  /** Goes up when something is added. */
  readonly version: 1;
  /**
   * Records one thing; resolves when it is durable. A record that is not taken, also because recording is paused, is in `rejected`
   * with the reason. Rejects when the server is not running.
   */
  record(record: ShortRecord): Promise<RecordResult>;
}

export function createApi(server: Server, status: StatusWatch): DaybookApi {
  return {
    version: 1,
    async record(record) {
      if (status.current?.recording === false) return { accepted: 0, duplicates: 0, rejected: [{ line: 1, reason: 'Recording is paused.' }] };
      return server.request('daybook/record', { records: [record] });
    },
  };
}
