import assert from 'node:assert/strict';
import { problemRecord, sessionName, toRecord } from '../../../server/importers/toRecord.ts';
import type { ImportedRecord } from '../../../server/importers/importer.ts';
import { validate } from '../../../server/ingest/validate.ts';
import type { Problem } from '../../../shared/problem.ts';

const time = '2026-11-20T10:00:00.000Z';
const message: ImportedRecord = { kind: 'message', id: 'm1', session: 's1', time, data: { role: 'user', parts: [{ type: 'text', content: 'hi' }] } };
const header: ImportedRecord = { kind: 'session', session: 's1', time, data: { fidelity: 'full', format: 'x', title: 'T' } };

describe('toRecord', () => {
  it('makes the identity from source, session and native id', () => {
    assert.deepEqual(toRecord('tool', message), {
      specversion: '1.0', id: 'tool:s1:m1', source: 'tool', type: 'dev.daybook.chat.message', time, sessionid: 'tool:s1', data: message.data,
    });
    assert.equal(toRecord('tool', header).id, 'tool:s1:session');
    assert.equal(toRecord('tool', header).sessionid, sessionName('tool', 's1'));
  });

  it('takes workspace and actor along where they are known', () => {
    const { workspace, actor } = toRecord('tool', { ...message, workspace: 'file:///w', actor: 'agent:x' });
    assert.deepEqual([workspace, actor], ['file:///w', 'agent:x']);
    assert.ok(!('workspace' in toRecord('tool', message)));
  });

  it('makes records that the door lets in', () => {
    for (const imported of [message, header]) assert.deepEqual(validate(toRecord('tool', imported), ''), { record: toRecord('tool', imported) });
  });
});

describe('problemRecord', () => {
  const problem = (more: Partial<Problem> = {}): Problem =>
    ({ code: 'torn-line', message: 'The line is torn.', where: { file: '/a', line: 1, offset: 0 }, ...more });
  const id = (more: Partial<Problem> = {}, when = time): string => problemRecord('tool', problem(more), when).id;

  it('is the same record whenever the same is met at the same place', () => {
    assert.equal(id(), id({ message: 'In other words.' }, '2027-01-01T00:00:00.000Z'));
  });

  it('is another record at another place, of another kind, of another source', () => {
    const ids = [
      id(), id({ where: { file: '/b', line: 1, offset: 0 } }), id({ where: { file: '/a', line: 2, offset: 9 } }), id({ where: { file: '/a', line: 2 } }),
      id({ code: 'x' }), id({ where: { file: '/a' } }), id({ where: { file: '/a' }, message: 'Another.' }), problemRecord('other', problem(), time).id,
    ];
    assert.equal(new Set(ids).size, ids.length);
  });

  it('names its file and is let in', () => {
    const record = problemRecord('tool', problem(), time);
    assert.equal(record.subject, '/a');
    assert.deepEqual(validate(record, ''), { record });
    assert.ok('record' in validate(problemRecord('tool', { code: 'x', message: 'Y.' }, time), ''));
  });
});
