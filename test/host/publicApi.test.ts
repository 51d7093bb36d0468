import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import type { DaybookRecord } from '../../shared/record.ts';
import { journalOf } from '../support/journal.ts';
import { daybook, dataDirectory, recorded } from './inside.ts';

describe('the public API', () => {
  it('resumes a workflow that threw after step 3 of 5 at step 4', async () => {
    const { withWorkflow } = await daybook();
    const ran: number[] = [];
    const publish = (failing: boolean): Promise<number> => withWorkflow('test.publish', async (run) => {
      let sum = 0;
      for (const step of [1, 2, 3, 4, 5]) {
        sum += await run.step(`step ${step}`, () => {
          ran.push(step);
          if (failing && step === 4) throw new Error('The registry is gone.');
          return step;
        });
      }
      return sum;
    });
    await assert.rejects(publish(true), /registry/);
    assert.equal(await publish(false), 15);
    assert.deepEqual(ran, [1, 2, 3, 4, 4, 5]);
    const told = (await journalOf(dataDirectory())).filter(({ record }) => record.subject === 'test.publish');
    assert.ok(told.every(({ file }) => file.startsWith('journal/workflows/')));
    assert.equal(new Set(told.map(({ record }) => record.data['run'])).size, 1);
    assert.deepEqual(told.filter(({ record }) => record.type.endsWith('.started')).map(({ record }) => record.data['resumed']), [0, 1]);
  });

  it('tells a listener of what is recorded, and a wrapped function is', async () => {
    const { onDidRecord, persisted } = await daybook();
    const heard: DaybookRecord[] = [];
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const subscription: vscode.Disposable = onDidRecord((record) => {
      heard.push(record);
      if (record.subject === 'test.triple') resolve(undefined);
    });
    assert.equal(await persisted((of: number) => of * 3, 'test.triple')(5), 15);
    const { record } = await recorded('dev.daybook.tool_execution.function.call', 'test.triple');
    assert.deepEqual([record.data['input'], record.data['output']], [[5], 15]);
    await promise;
    subscription.dispose();
    assert.equal(heard.filter(({ subject }) => subject === 'test.triple').length, 1);
  });
});
