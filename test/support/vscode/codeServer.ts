/** VS Code for machines that cannot download it: the server inside the npm package `code-server`, used in a browser. */
import { join } from 'node:path';
import { npm } from '../npm.ts';
import { cache } from '../places.ts';
import { run } from '../process.ts';
import { fetchOnce } from './fetched.ts';
import { unpackPackage } from './tarball.ts';

export interface CodeServer {
  /** The script to run with Node 22 or later. */
  readonly main: string;
  /** Why terminals do not work; undefined when they do. */
  readonly terminalsMissing: string | undefined;
}

const pinned = {
  name: 'code-server',
  version: '4.139.1',
  integrity: 'sha512-fUYvJVdz4ZoVJfakGiGWXFMpF8K1ObsrpGvX17ZxNpKOzdNHs7lANT670JTr4ZhA8DnWqyvvmFG/d3HV9Yy6ew==',
};
const installMs = 10 * 60_000;
const probeMs = 20_000;

/** Fetches it the first time (about a minute), then answers at once. Rejects when the registry cannot be reached. */
export async function codeServer(): Promise<CodeServer> {
  const folder = join(await fetchOnce(cache, `code-server-${pinned.version}`, build), 'lib', 'vscode');
  return { main: join(folder, 'out', 'server-main.js'), terminalsMissing: await tryTerminal(folder) };
}

async function build(folder: string): Promise<void> {
  console.log(`Fetching VS Code (${pinned.name} ${pinned.version}) from the npm registry, once.`);
  await unpackPackage(pinned, folder);
  // Only VS Code's own server is wanted, not the wrapper around it.
  await npm(['install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund'], join(folder, 'lib', 'vscode'), installMs);
}

/** Its node-pty brings binaries for the common platforms; elsewhere it would have to be compiled. */
async function tryTerminal(folder: string): Promise<string | undefined> {
  const script = "require('node-pty').spawn(process.execPath, ['-v'], {}).onExit(({ exitCode }) => process.exit(exitCode))";
  const { code } = await run(process.execPath, ['-e', script], { cwd: folder, timeoutMs: probeMs });
  return code === 0 ? undefined : 'node-pty has no binary for this platform, so VS Code opens no terminals here';
}
