/**
 * Loaded before a program (`node --import`): makes the file system fail for what lies below a folder, as a plan says. The program itself
 * is what is shipped; SQLite does its own writing and is not reached. The plan is an environment variable.
 */

import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { faultsVariable, type FaultPlan } from './faultPlan.ts';

/** Shared with the program under test, which may plan anew. */
export const faults: { plan: FaultPlan | undefined; calls: number; made: number } = { plan: undefined, calls: 0, made: 0 };

const paths = new Map<number, string>();

function isMeant(path: string): FaultPlan['fault'] | undefined {
  const { plan } = faults;
  if (!plan || !path.startsWith(plan.below)) return undefined;
  if (plan.while !== undefined) return fs.existsSync(plan.while) ? plan.fault : undefined;
  faults.calls++;
  const at = plan.at ?? 0;
  return faults.calls >= at && faults.calls < at + (plan.times ?? 1) ? plan.fault : undefined;
}

function failing<Result>(path: string, what: string, call: () => Result, half?: () => Result): Result {
  const fault = isMeant(path);
  if (fault === undefined) return call();
  faults.made++;
  if (fault === 'killed') process.kill(process.pid, 'SIGKILL');
  if (fault === 'short' || fault === 'killed after') {
    const result = fault === 'short' && half ? half() : call();
    if (fault === 'killed after') process.kill(process.pid, 'SIGKILL');
    return result;
  }
  throw Object.assign(new Error(`${fault}: made by a test, ${what} '${path}'`), { code: fault, syscall: what, path });
}

const real = { ...fs };
const pathOf = (handle: number): string => paths.get(handle) ?? '';
const writes = (flags: string | number = 'r'): boolean => (typeof flags === 'number' ? (flags & 3) !== 0 : /[wa+]/.test(flags));

Object.assign(fs, {
  openSync(path: string, flags?: string | number, mode?: number): number {
    const open = (): number => real.openSync(path, flags ?? 'r', mode);
    const handle = writes(flags) ? failing(path, 'open', open) : open();
    paths.set(handle, path);
    return handle;
  },
  writeSync(handle: number, given: Uint8Array | string, offset = 0, length = Buffer.from(given).length - offset): number {
    const bytes = Buffer.from(given);
    const half = (): number => real.writeSync(handle, bytes, offset, Math.max(1, length >> 1));
    return failing(pathOf(handle), 'write', () => real.writeSync(handle, bytes, offset, length), half);
  },
  fdatasyncSync: (handle: number): void => failing(pathOf(handle), 'fdatasync', () => real.fdatasyncSync(handle)),
  fsyncSync: (handle: number): void => failing(pathOf(handle), 'fsync', () => real.fsyncSync(handle)),
  ftruncateSync: (handle: number, size: number): void => failing(pathOf(handle), 'ftruncate', () => real.ftruncateSync(handle, size)),
  renameSync: (from: string, to: string): void => failing(to, 'rename', () => real.renameSync(from, to)),
  unlinkSync: (path: string): void => failing(path, 'unlink', () => real.unlinkSync(path)),
  mkdirSync: (path: string, options?: fs.MakeDirectoryOptions): string | undefined =>
    (real.existsSync(path) ? real.mkdirSync(path, options) : failing(path, 'mkdir', () => real.mkdirSync(path, options))),
  writeFileSync: (path: string, text: string, options?: fs.WriteFileOptions): void => failing(path, 'write', () => real.writeFileSync(path, text, options)),
});

const realPromises = { ...fs.promises };

/** The few that Daybook uses; a handle keeps its other methods. */
Object.assign(fs.promises, {
  async open(path: string, flags?: string | number, mode?: number): Promise<fs.promises.FileHandle> {
    const handle = await (writes(flags) ? failing(path, 'open', () => realPromises.open(path, flags, mode)) : realPromises.open(path, flags, mode));
    const [write, writeFile, sync] = [handle.write.bind(handle), handle.writeFile.bind(handle), handle.sync.bind(handle)];
    return Object.assign(handle, {
      write: async (bytes: Uint8Array, offset = 0) =>
        failing(path, 'write', () => write(bytes, offset), () => write(bytes, offset, Math.max(1, (bytes.length - offset) >> 1))),
      writeFile: async (bytes: Uint8Array) => failing(path, 'write', () => writeFile(bytes)),
      sync: async () => failing(path, 'fsync', sync),
    });
  },
  rename: async (from: string, to: string) => failing(to, 'rename', () => realPromises.rename(from, to)),
  link: async (from: string, to: string) => failing(to, 'link', () => realPromises.link(from, to)),
  unlink: async (path: string) => failing(path, 'unlink', () => realPromises.unlink(path)),
  mkdir: async (path: string, options?: fs.MakeDirectoryOptions) => failing(path, 'mkdir', () => realPromises.mkdir(path, options)),
  writeFile: async (path: string, text: string, options?: fs.WriteFileOptions) => failing(path, 'write', () => realPromises.writeFile(path, text, options)),
});
syncBuiltinESMExports();

const planned = process.env[faultsVariable];
if (planned !== undefined) faults.plan = JSON.parse(planned) as FaultPlan;
