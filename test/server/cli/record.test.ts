import assert from 'node:assert/strict';
import { folderForEachTest } from '../../support/folder.ts';
import { daybook } from './running.ts';
import type { RecordResult } from '../../../shared/results.ts';

const line = (text: string, more: object = {}): string => JSON.stringify({ family: 'events', kind: 'note', data: { text }, ...more });

describe('daybook record', () => {
  const at = folderForEachTest();

  async function record(input: string): Promise<RecordResult & { readonly code: number }> {
    const { code, out } = await daybook(['record', '--json'], { folder: at.path, input });
    return { code, ...(JSON.parse(out) as RecordResult) };
  }

  it('names the line of each record it refuses, in their order', async () => {
    const { code, accepted, rejected } = await record([line('a'), '', 'not json', line('b'), '[]', '  ', line('c', { family: 'x' }), line('d')].join('\r\n'));
    assert.deepEqual([code, accepted, rejected.map((each) => each.line)], [0, 3, [3, 5, 7]]);
    assert.deepEqual(rejected.map(({ reason }) => reason).slice(0, 2), ['The line is not JSON.', 'A record must be a JSON object.']);
  });

  it('counts what it knows already', async () => {
    const input = `${line('a', { id: 'same' })}\n${line('b', { id: 'same' })}\n`;
    assert.deepEqual(await record(input), { code: 0, accepted: 1, duplicates: 1, rejected: [] });
    assert.deepEqual(await record(input), { code: 0, accepted: 0, duplicates: 2, rejected: [] });
  });

  it('keeps line numbers right across batches', async () => {
    const many = Array.from({ length: 1_203 }, (_, index) => (index === 1_101 ? '{}' : line(`n${index}`)));
    const { accepted, rejected } = await record(many.join('\n'));
    assert.deepEqual([accepted, rejected.map((each) => each.line)], [1_202, [1_102]]);
  });

  it('fails when it could take nothing of what there was', async () => {
    assert.equal((await record('{}\n')).code, 1);
    assert.deepEqual(await record(''), { code: 0, accepted: 0, duplicates: 0, rejected: [] });
    assert.deepEqual(await record('\n\n'), { code: 0, accepted: 0, duplicates: 0, rejected: [] });
  });

  it('reads what begins with a mark of byte order, and characters that a chunk of input cuts', async () => {
    assert.equal((await record(`\ufeff${line('é')}\n${line('ü'.repeat(70_000))}`)).accepted, 2);
  });
});
