import assert from 'node:assert/strict';
import { workflowPast } from '../../../server/query/workflow.ts';
import { typeOf, type DaybookRecord } from '../../../shared/record.ts';

let count = 0;
function record(kind: string, run: string, data: object = {}, more: Partial<DaybookRecord> = {}): DaybookRecord {
  const type = typeOf('workflows', kind);
  return { specversion: '1.0', id: `${++count}`, source: 'vscode', type, time: '2026-11-20T10:00:00.000Z', data: { run, name: 'w', ...data }, ...more };
}
const step = (run: string, position: number, status = 'succeeded', more: Partial<DaybookRecord> = {}): DaybookRecord =>
  record('step', run, { step: `s${position}`, position, status, result: position }, more);
const started = (run: string, resumed = 0): DaybookRecord => record('started', run, { resumed });

describe('workflowPast', () => {
  it('has the steps up to the first that did not succeed', () => {
    const past = workflowPast([started('a'), step('a', 1), step('a', 2, 'failed'), started('a', 1), step('a', 3)], { name: 'w' });
    assert.deepEqual(past, { run: 'a', name: 'w', resumed: 1, done: [{ step: 's1', result: 1 }] });
  });

  it('is that of the latest run of a name, or of the run that is asked for', () => {
    const records = [started('a'), step('a', 1), record('checkpoint', 'a', { state: 5 }), started('b'), record('ended', 'b', { status: 'failed' })];
    assert.equal(workflowPast(records, { name: 'w' })?.run, 'b');
    assert.deepEqual(workflowPast(records, { run: 'a' }), { run: 'a', name: 'w', resumed: 0, done: [{ step: 's1', result: 1 }], state: 5 });
    assert.equal(workflowPast(records, { name: 'other' }), null);
  });

  it('is none where the run succeeded, or another kind of record speaks of it', () => {
    assert.equal(workflowPast([started('a'), record('ended', 'a', { status: 'succeeded' })], { name: 'w' }), null);
    assert.equal(workflowPast([{ ...started('a'), type: typeOf('tasks', 'started') }, { ...started('b'), data: null }], { name: 'w' }), null);
  });

  it('leaves out what is not as it was returned', () => {
    for (const more of [{ redactions: 1 }, { consent: 'metadata' }] as const) {
      assert.deepEqual(workflowPast([started('a'), step('a', 1), step('a', 2, 'succeeded', more), step('a', 3)], { name: 'w' })?.done.length, 1);
    }
    const omitted = record('step', 'a', { step: 's1', position: 1, status: 'succeeded', resultOmitted: true });
    assert.deepEqual(workflowPast([started('a'), omitted], { name: 'w' })?.done, []);
  });
});
