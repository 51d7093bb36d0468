/** Whether a place lies on another machine: there SQLite's locks and shared memory do not hold, and a database is damaged sooner or later. */

import { readFileSync, statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { ProblemError } from '../../shared/problem.ts';

/** What `statfs` says of Linux's network file systems (statfs(2), linux/magic.h). */
const network: Readonly<Record<number, string>> = {
  0x6969: 'NFS', 0x517b: 'SMB', 0xfe534d42: 'SMB', 0xff534d42: 'CIFS', 0x01021997: '9P', 0x5346414f: 'AFS', 0x6b414653: 'AFS', 0x73757245: 'Coda',
  0x564c: 'NCP', 0x00c36400: 'Ceph', 0x0bd00bd0: 'Lustre', 0x47504653: 'GPFS',
};
const fuse = 0x65735546;
/** Of what is mounted by programs, most is a disk after all: encrypted, of another system, several in one. */
const networkPrograms = new Set(['sshfs', 'rclone', 's3fs', 'goofys', 'gcsfuse', 'davfs', 'davfs2', 'glusterfs', 'curlftpfs', 'juicefs', 'ceph-fuse', 'smbnetfs', 'google-drive-ocamlfuse']);

/**
 * Name of the network file system that holds a path; undefined for a disk of this machine, and where the system does not tell: macOS, and
 * network drives with a letter on Windows.
 * @param path absolute; need not be there yet
 */
export function networkOf(path: string, platform: NodeJS.Platform = process.platform): string | undefined {
  if (platform === 'win32') return /^[\\/]{2}(?![?.][\\/])|^[\\/]{2}\?[\\/]UNC[\\/]/i.test(path) ? 'a network share' : undefined;
  if (platform !== 'linux') return undefined;
  const there = nearest(path);
  const type = statfsSync(there).type >>> 0;
  return type === fuse ? mountedBy(there) : network[type];
}

/** @throws ProblemError `network-directory` */
export function refuseNetwork(root: string): void {
  const name = networkOf(root);
  if (name === undefined) return;
  const message = `The data directory ${root} lies on another machine (${name}), and a database is not safe there. `
    + 'Set daybook.dataDirectory to a folder on a disk of this machine; on the command line --data-dir or DAYBOOK_DATA_DIR.';
  throw new ProblemError({ code: 'network-directory', message, where: { file: root, setting: 'daybook.dataDirectory' } });
}

function nearest(path: string): string {
  for (let at = path; ; at = dirname(at)) {
    if (statSync(at, { throwIfNoEntry: false }) || at === dirname(at)) return at;
  }
}

/** The program behind a FUSE mount, as the kernel's list of mounts names it (`fuse.sshfs`), where it is one of the network. */
function mountedBy(path: string): string | undefined {
  const device = statSync(path).dev;
  const id = `${Math.floor(device / 256) & 0xfff}:${(device & 0xff) | ((device >>> 12) & ~0xff)}`;
  const line = readFileSync('/proc/self/mountinfo', 'utf8').split('\n').find((each) => each.split(' ')[2] === id);
  return programOf(line ?? '');
}

/** @param line of `/proc/self/mountinfo` */
export function programOf(line: string): string | undefined {
  const [type = ''] = line.split(' - ')[1]?.split(' ') ?? [];
  const program = type.replace(/^fuse\./, '');
  return networkPrograms.has(program) ? program : undefined;
}
