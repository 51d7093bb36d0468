import { uuidv7 } from 'uuidv7';
import type { ShortRecord } from '../../shared/record.ts';
import type { FunctionCall } from '../../shared/workflow.ts';
import { asJson, errorOf } from './json.ts';

export type Persisted = <Args extends readonly unknown[], Result>(
  work: (...args: Args) => Result | Promise<Result>, name?: string,
) => (...args: Args) => Promise<Result>;

/** @param add takes a record at once; nobody waits for it to be durable, so that the function takes no longer than before */
export function createPersisted(add: (record: ShortRecord & { readonly id: string }) => void): Persisted {
  return (work, name = work.name || 'function') => async (...args) => {
    const startedAt = Date.now();
    const input = asJson(args);
    function tell(ended: Pick<FunctionCall, 'status' | 'output' | 'error'>): void {
      const data: FunctionCall = {
        name, startedAt: new Date(startedAt).toISOString(), durationMs: Date.now() - startedAt, ...(input === undefined ? {} : { input }), ...ended,
      };
      add({ id: uuidv7(), family: 'tool_executions', kind: 'function.call', subject: name, time: new Date().toISOString(), data });
    }
    try {
      const result = await work(...args);
      const output = asJson(result);
      tell({ status: 'succeeded', ...(output === undefined ? {} : { output }) });
      return result;
    } catch (error) {
      tell({ status: 'failed', error: errorOf(error) });
      throw error;
    }
  };
}
