import assert from 'node:assert/strict';
import { join } from 'node:path';
import { networkOf, programOf } from '../../../server/store/network.ts';
import { folderForEachTest } from '../../support/folder.ts';

describe('a network file system', () => {
  const folder = folderForEachTest();

  it('is not what this machine keeps its temporary files on, whether or not the folder is there yet', () => {
    assert.equal(networkOf(folder.path), undefined);
    assert.equal(networkOf(join(folder.path, 'not', 'there', 'yet')), undefined);
  });

  it('is a share on Windows, and no folder of a drive', () => {
    for (const path of ['\\\\server\\share\\daybook', '//server/share', '\\\\wsl.localhost\\Ubuntu\\home', '\\\\?\\UNC\\server\\share']) {
      assert.equal(networkOf(path, 'win32'), 'a network share', path);
    }
    for (const path of ['C:\\Users\\ann\\AppData\\Local\\daybook', '\\\\?\\C:\\Users', '\\\\.\\C:\\x']) assert.equal(networkOf(path, 'win32'), undefined, path);
  });

  it('is told from other file systems that programs mount', () => {
    const mount = (type: string): string => `42 27 0:45 / /home/ann/far rw,nosuid,nodev shared:3 - ${type} ann@far:/home rw,user_id=0`;
    assert.equal(programOf(mount('fuse.sshfs')), 'sshfs');
    assert.equal(programOf(mount('fuse.rclone')), 'rclone');
    for (const type of ['fuse.gocryptfs', 'fuseblk', 'fuse.mergerfs', 'ext4']) assert.equal(programOf(mount(type)), undefined, type);
    assert.equal(programOf(''), undefined);
  });
});
