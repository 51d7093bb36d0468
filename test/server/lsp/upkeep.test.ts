import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { listBackups } from '../../../server/backups.ts';
import { createUpkeep } from '../../../server/lsp/upkeep.ts';
import { openStore } from '../../../server/store/store.ts';
import { changeState, readState } from '../../../server/store/backup/state.ts';
import { doUpkeep, dueOf } from '../../../server/upkeep.ts';
import type { BackupPlan } from '../../../shared/protocol.ts';
import { folderForEachTest } from '../../support/folder.ts';
import { append, notes } from '../backups/records.ts';

const day = 86_400_000;
const hour = 3_600_000;
const noon = Date.UTC(2026, 10, 20, 12);
const plan: BackupPlan = { automatic: true, folder: '', daily: 7, weekly: 4 };
const script = new URL('../../../server/main/upkeepThread.ts', import.meta.url);

describe('backups that are made by themselves', function () {
  this.timeout(60_000);
  const at = folderForEachTest();
  let data: string;
  beforeEach(() => {
    data = join(at.path, 'data');
    const store = openStore(data);
    append(store, ...notes(0, 10));
    store.close();
  });
  const due = (now: number): unknown[] => {
    const { backup, drill } = dueOf(data, plan, now);
    return [backup, drill];
  };

  it('are due once a day, and tried out once a week', () => {
    assert.deepEqual(due(noon), ['scheduled', false]);
    doUpkeep(data, plan, noon);
    assert.deepEqual(listBackups(data).backups.map(({ reason, records }) => [reason, records]), [['scheduled', 10]]);
    assert.deepEqual([due(noon + 1), dueOf(data, plan, noon + 1).next], [[undefined, false], noon + 12 * hour]);
    assert.deepEqual(due(noon + 12 * hour), ['scheduled', false]);
    assert.deepEqual(due(noon + day), ['scheduled', true]);
    doUpkeep(data, plan, noon + day);
    assert.deepEqual([readState(data).drill?.records, listBackups(data).backups.length], [10, 2]);
    assert.deepEqual(due(noon + 7 * day), ['scheduled', false]);
    assert.deepEqual(due(noon + 8 * day), ['scheduled', true]);
    assert.deepEqual(dueOf(data, { ...plan, automatic: false }, noon + 8 * day), { backup: undefined, drill: false, next: Infinity });
  });

  it('are due after the database got another form, and after a clock that was wrong', () => {
    doUpkeep(data, plan, noon);
    const { newest } = readState(data);
    assert.ok(newest);
    changeState(data, { newest: { ...newest, schema: newest.schema - 1 } });
    assert.deepEqual(due(noon + 1), ['migration', false]);
    doUpkeep(data, plan, noon + 1);
    assert.deepEqual([due(noon + 2), listBackups(data).backups[0]?.reason], [[undefined, false], 'migration']);
    changeState(data, { last: { at: new Date(noon + 400 * day).toISOString() } });
    assert.deepEqual(due(noon + 3), ['scheduled', false]);
  });

  it('say why they failed, and are tried again after an hour', () => {
    writeFileSync(join(data, 'backups'), 'a file where the folder should be');
    doUpkeep(data, plan, noon);
    assert.match(readState(data).last?.failure ?? '', /^Backups cannot be kept in .+backups: EEXIST/);
    assert.deepEqual([due(noon + hour - 1), due(noon + hour)], [[undefined, false], ['scheduled', false]]);
    doUpkeep(data, { ...plan, folder: 'not/absolute' }, noon + hour);
    assert.equal(readState(data).last?.failure, 'The setting daybook.backups.folder must be an absolute path.');
    const folder = join(at.path, 'other disk');
    mkdirSync(folder);
    doUpkeep(data, { ...plan, folder }, noon + 2 * hour);
    assert.deepEqual([readState(data).last, listBackups(data).backups[0]?.folder], [{ at: new Date(noon + 2 * hour).toISOString() }, folder]);
  });

  it('are made in a thread with what happens once the start is over and all is read, and not twice', async () => {
    let now = noon;
    let isReady = false;
    let times = 0;
    let trouble = '';
    const upkeep = createUpkeep({
      dataDirectory: data, plan: () => plan, script, isReady: () => isReady, clock: () => now, quietMs: 1_000,
      onDone: () => times++,
      onTrouble: (message) => { trouble = message; },
    });
    const isBegun = (): boolean => readdirSync(data).some((name) => name.startsWith('backups'));
    upkeep.look();
    upkeep.changed();
    upkeep.look();
    now += 1_000;
    upkeep.look();
    isReady = true;
    assert.equal(isBegun(), false);
    upkeep.look();
    upkeep.look();
    for (let waits = 0; times === 0 && waits < 2_000; waits++) await sleep(20);
    assert.equal(trouble, '');
    upkeep.look();
    assert.deepEqual([times, listBackups(data).backups.length], [1, 1]);
    await upkeep.stop();
    now += 2 * day;
    upkeep.look();
    assert.equal(listBackups(data).backups.length, 1);
  });

  it('that are ended half-way are no backups, and the next takes away what lies there', async () => {
    const upkeep = createUpkeep({
      dataDirectory: data, plan: () => plan, script, isReady: () => true, clock: () => noon, quietMs: 0, onDone: () => assert.fail(), onTrouble: (message) => assert.fail(message),
    });
    upkeep.look();
    await upkeep.stop();
    const left = listBackups(data).backups.length;
    doUpkeep(data, plan, noon + day + 1);
    assert.ok(left <= 1);
    assert.equal(readdirSync(join(data, 'backups/objects')).some((name) => name.endsWith('.tmp')), false);
  });
});
