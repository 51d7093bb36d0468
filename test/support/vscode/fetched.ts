/** Things that are fetched once and kept: built in a folder beside, renamed when complete, by one process at a time. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const lockPatienceMs = 10 * 60_000;
const pollMs = 500;
/** A lock file without a process id is being written; an old one was left by a crash. */
const emptyLockLifeMs = 10_000;

/**
 * The folder `name` in `parent`; when it is not there, `build` fills it. An interrupted build leaves no folder of that name.
 * Rejects with the error of `build`, or when another process holds the lock for ten minutes.
 */
export async function fetchOnce(parent: string, name: string, build: (folder: string) => Promise<void>): Promise<string> {
  const target = join(parent, name);
  if (existsSync(target)) return target;
  await mkdir(parent, { recursive: true });
  const release = await lock(join(parent, `${name}.lock`));
  try {
    if (!existsSync(target)) await buildBeside(parent, name, build);
  } finally {
    await release();
  }
  return target;
}

async function buildBeside(parent: string, name: string, build: (folder: string) => Promise<void>): Promise<void> {
  const prefix = `.${name}-`;
  const interrupted = (await readdir(parent)).filter((entry) => entry.startsWith(prefix));
  for (const entry of interrupted) await rm(join(parent, entry), { recursive: true, force: true });
  const beside = await mkdtemp(join(parent, prefix));
  try {
    await build(beside);
    await rename(beside, join(parent, name));
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
}

async function lock(path: string): Promise<() => Promise<void>> {
  const until = Date.now() + lockPatienceMs;
  while (!(await tryLock(path))) {
    if (Date.now() > until) throw new Error(`Another process has held ${path} for ten minutes. Delete the file if none is running.`);
    if (await isStale(path)) await rm(path, { force: true });
    else await sleep(pollMs);
  }
  return () => rm(path, { force: true });
}

async function tryLock(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx');
    await file.writeFile(String(process.pid));
    await file.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function isStale(path: string): Promise<boolean> {
  try {
    const pid = Number(await readFile(path, 'utf8'));
    if (pid > 0) return !isAlive(pid);
    return Date.now() - (await stat(path)).mtimeMs > emptyLockLifeMs;
  } catch (error) {
    // The other process has just finished.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
