/** The server's process of a workbench, for tests of what happens when it dies. */
import { run } from './process.ts';

/** Ids of the processes that run the server installed below this folder. */
export async function serverProcesses(folder: string): Promise<readonly number[]> {
  const { stdout } = await run('ps', ['-eo', 'pid=,args='], { timeoutMs: 10_000 });
  return stdout.split('\n').filter((line) => line.includes(folder) && line.includes('server.cjs')).map((line) => Number.parseInt(line, 10));
}
