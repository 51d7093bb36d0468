import assert from 'node:assert/strict';
import { createDiskChanges } from '../../../client/capture/diskChanges.ts';

describe('client: changes on disk', () => {
  it('are one for each file: the last that is true of all of them', () => {
    const changes = createDiskChanges(10);
    const steps = [['new', 'created'], ['new', 'changed'], ['saved', 'deleted'], ['saved', 'created'], ['brief', 'created'], ['brief', 'deleted'], ['old', 'changed'], ['old', 'deleted']] as const;
    for (const [path, change] of steps) changes.add(path, change);
    const { files, count } = changes.take();
    assert.deepEqual(files, [['new', 'created'], ['saved', 'changed'], ['old', 'deleted']]);
    assert.equal(count, 3);
    assert.equal(changes.take().count, 0);
  });

  it('are counted beyond the bound, without their names', () => {
    const changes = createDiskChanges(2);
    for (let at = 0; at < 2_000; at += 1) changes.add(`${at}.js`, 'changed');
    const { files, count, changed } = changes.take();
    assert.deepEqual([files.length, count, changed], [2, 2_000, 2_000]);
  });
});
