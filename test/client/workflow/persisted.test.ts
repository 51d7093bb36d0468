import assert from 'node:assert/strict';
import { createPersisted } from '../../../client/workflow/persisted.ts';
import type { ShortRecord } from '../../../shared/record.ts';
import type { FunctionCall } from '../../../shared/workflow.ts';

describe('client: a persisted function', () => {
  let added: ShortRecord[];
  const persisted = createPersisted((record) => void added.push(record));
  beforeEach(() => {
    added = [];
  });
  const calls = (): FunctionCall[] => added.map(({ data }) => data as FunctionCall);

  it('returns what it did before, and is recorded with what went in and came out', async () => {
    const double = persisted(function double(of: number) {
      return of * 2;
    });
    assert.equal(await double(4), 8);
    assert.deepEqual(added.map(({ family, kind, subject }) => [family, kind, subject]), [['tool_executions', 'function.call', 'double']]);
    assert.deepEqual(calls().map(({ name, status, input, output }) => [name, status, input, output]), [['double', 'succeeded', [4], 8]]);
  });

  it('throws what it did before', async () => {
    const error = new TypeError('no');
    await assert.rejects(persisted(() => Promise.reject(error), 'look up')(), (thrown) => thrown === error);
    assert.deepEqual(calls().map(({ name, status, error: told }) => [name, status, told]), [['look up', 'failed', { name: 'TypeError', message: 'no' }]]);
  });

  it('is recorded without what JSON cannot hold or is long', async () => {
    const itself: { me?: unknown } = {};
    itself.me = itself;
    await persisted((given: unknown) => given, 'same')(itself);
    await persisted(() => 'x'.repeat(200_000), 'long')();
    assert.deepEqual(calls().map((call) => ['input' in call, 'output' in call]), [[false, false], [true, false]]);
  });
});
