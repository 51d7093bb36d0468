import assert from 'node:assert/strict';
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import type { BackupList, BackupResult, RestoreResult } from '../../../shared/backups.ts';
import { folderForEachTest } from '../../support/folder.ts';
import { daybook, type Outcome } from './running.ts';

describe('daybook backup and restore', () => {
  const at = folderForEachTest();
  const run = (args: string, options: { input?: string; isTerminal?: boolean } = {}): Promise<Outcome> => daybook(args.split(' '), { folder: at.path, ...options });
  const line = (word: string): string => `${JSON.stringify({ family: 'events', kind: 'deploy', data: { target: word } })}\n`;
  const json = async <T>(args: string): Promise<T> => JSON.parse((await run(`${args} --json`)).out) as T;

  it('backs up, lists, tries out, and brings back into a new directory', async () => {
    assert.match((await run('backup --list')).out, /^There is no backup\. Make one with: daybook backup\n$/);
    await run('record', { input: line('quince') + line('medlar') });
    const made = await json<BackupResult>('backup');
    assert.deepEqual([made.records, made.reason, made.folder], [2, 'manual', join(at.path, 'data/backups')]);
    assert.deepEqual((await json<BackupList>('backup --list')).backups.map(({ id }) => id), [made.id]);
    assert.match((await run('backup --try')).out, /^2 records of the backup .+ were read back: all of it is there\.\n$/);
    const restored = await json<RestoreResult>(`restore ${made.id.slice(0, 10)} --into ${at.path}/copy`);
    assert.deepEqual([restored.directory, restored.records, restored.before], [join(at.path, 'copy'), 2, null]);
    assert.match((await run(`search quince --data-dir ${at.path}/copy`)).out, /1 result\./);
    assert.deepEqual(await run(`restore latest --into ${at.path}/copy`), {
      code: 1, out: '', err: `daybook: ${at.path}/copy is not empty. Name a new directory, or restore over the record with --over.\n`,
    });
    const { out } = await run('doctor');
    assert.match(out, /^✓ backups: Last backup: today, 2 records in .+backups\.$/m);
    assert.match(out, /^✓ backups: Last restore drill: today, 2 records read back\.$/m);
  });

  it('asks before it restores over the record, and says where the record of now is', async () => {
    await run('record', { input: line('quince') });
    await run('backup');
    await run('record', { input: line('medlar') });
    assert.equal((await run('restore latest')).err, 'daybook: Say where to: --into a new directory, or --over the record that is there.\n');
    assert.match((await run('restore latest --over')).err, /Nobody is there to be asked, so nothing was restored\./);
    assert.match((await run('restore latest --over', { isTerminal: true, input: 'no\n' })).err, /Nothing was restored\.\n$/);
    assert.match((await run('search medlar')).out, /1 result\./);
    const { out } = await run('restore latest --over', { isTerminal: true, input: 'yes\n' });
    const [, before = ''] = /^Restored 1 record and 0 sessions of the backup \S+ in .+\nWhat was there before is the backup (\S+)\.\n$/.exec(out) ?? [];
    assert.match((await run('search medlar')).out, /Nothing found for medlar/);
    await run(`restore ${before} --over --yes`);
    assert.match((await run('search medlar')).out, /1 result\./);
  });

  it('keeps backups elsewhere, and says what a receipt must say of them', async () => {
    await run('record', { input: line('quince') });
    await run(`backup --to ${at.path}/disk --keep-daily 2`);
    assert.match((await run('forget --query quince --yes')).out, /\n1 backup rewritten\.\n/);
    renameSync(join(at.path, 'disk'), join(at.path, 'drawer'));
    await run('record', { input: line('medlar') });
    assert.match((await run('forget --query medlar --yes')).out, /\nThe backups in .+disk could not be reached and may still have it\. The next daybook backup there takes it out/);
    assert.equal((await run('backup --keep-daily x')).code, 2);
  });
});
