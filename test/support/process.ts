/** Other programs: each in a process group of its own, bounded in time, and ended by its own id. */
import { spawn } from 'node:child_process';
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { atEnd } from './endings.ts';

export interface RunOptions {
  readonly cwd?: string;
  /** The whole environment; by default that of this process. */
  readonly env?: NodeJS.ProcessEnv;
  readonly timeoutMs: number;
  /** Whether what it prints is also shown as it comes. */
  readonly show?: boolean;
  /** Whether it mostly takes the processor time that nothing else wants. */
  readonly yields?: boolean;
}

export interface Outcome {
  /** Null when it was ended by a signal or could not be started. */
  readonly code: number | null;
  readonly timedOut: boolean;
  /** Standard output and standard error as they came, the last 256 KiB. */
  readonly output: string;
  /** Standard output alone, whole. */
  readonly stdout: string;
}

export interface Group {
  readonly child: ChildProcess;
  /** Resolves when the process has ended, or could not be started. */
  readonly gone: Promise<void>;
  /** Ends the process and all it started; waits until it is gone. */
  end(): Promise<void>;
}

const keptCharacters = 256 * 1024;
const patienceMs = 8_000;

export function startGroup(command: string, args: readonly string[], options: SpawnOptions): Group {
  const child = spawn(command, args, { ...options, detached: process.platform !== 'win32' });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()).once('error', () => resolve()));
  const end = async (): Promise<void> => {
    forget();
    if (child.pid === undefined) return;
    signalGroup(child.pid, 'SIGTERM');
    if (!isOver(child)) await Promise.race([gone, sleep(patienceMs, undefined, { ref: false })]);
    signalGroup(child.pid, 'SIGKILL');
  };
  const forget = atEnd(end);
  void gone.then(forget);
  return { child, gone, end };
}

/** Runs a program to its end. Never rejects: what went wrong is in the outcome. */
export async function run(command: string, args: readonly string[], options: RunOptions): Promise<Outcome> {
  const { cwd, env = process.env, timeoutMs, show = false, yields = false } = options;
  const group = startGroup(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'], ...(cwd === undefined ? {} : { cwd }) });
  const { child } = group;
  if (yields && child.pid !== undefined) letOthersFirst(child.pid);
  let output = '';
  let stdout = '';
  const keep = (text: string): void => {
    output = (output + text).slice(-keptCharacters);
  };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    keep(text);
    if (show) process.stdout.write(text);
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    keep(text);
    if (show) process.stderr.write(text);
  });
  const timedOut = !(await closes(child, timeoutMs, keep));
  await group.end();
  return { code: timedOut || child.pid === undefined ? null : child.exitCode, timedOut, output, stdout };
}

async function closes(child: ChildProcess, timeoutMs: number, note: (text: string) => void): Promise<boolean> {
  const bound = new AbortController();
  const closed = once(child, 'close', { signal: bound.signal }).then(
    () => true,
    (error: unknown) => {
      if (!bound.signal.aborted) note(`${String(error)}\n`);
      return !bound.signal.aborted;
    },
  );
  const timer = setTimeout(() => bound.abort(), timeoutMs);
  const inTime = await closed;
  clearTimeout(timer);
  return inTime;
}

/** A tenth of a processor that others want whole: it gets on, and not much is left of it when they are done. */
const yielding = constants.priority.PRIORITY_BELOW_NORMAL;

/** What it starts later inherits this. A process that is gone already needs nothing. */
function letOthersFirst(pid: number): void {
  try {
    setPriority(pid, yielding);
    // Desktop Linux first shares the processors among sessions, and each process here leads one of its own: there the session has a priority.
    writeFileSync(`/proc/${pid}/autogroup`, String(yielding), { flag: 'r+' });
  } catch {
    // It runs as fast as all others, which is no harm to what it finds.
  }
}

function isOver(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  if (process.platform === 'win32') {
    spawn('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' });
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // ESRCH: the group is gone, which is what was wanted.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
