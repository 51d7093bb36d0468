/** VS Code's own server on this machine's loopback address, for one profile. */
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { run, startGroup } from '../process.ts';
import type { Group } from '../process.ts';
import type { CodeServer } from './codeServer.ts';
import type { Profile } from './profile.ts';

export interface Served {
  /** The address that opens a folder. It carries a secret that keeps others on this machine out. */
  address(folder: string, payload?: Payload): string;
  /** What the server printed last; for messages about failures. */
  log(): string;
  /** Resolves when the server has ended, by itself or by `stop`. */
  readonly ended: Promise<void>;
  /** Ends the server and all it started. */
  stop(): Promise<void>;
}

/** What runs in the window beside the installed extensions. Absolute paths. */
export interface Payload {
  readonly extensionDevelopmentPath: string;
  readonly extensionTestsPath?: string;
}

const startMs = 60_000;
const installMs = 120_000;
const logCharacters = 64 * 1024;

/** `variables` are added to the profile's environment. */
export async function serve(code: CodeServer, profile: Profile, variables: NodeJS.ProcessEnv = {}): Promise<Served> {
  const token = randomBytes(24).toString('hex');
  const tokenFile = join(profile.root, 'token');
  await writeFile(tokenFile, token, { mode: 0o600 });
  // Without the smoke-test driver a built VS Code ignores the payload and a test run hangs in silence.
  const args = ['--host', '127.0.0.1', '--port', '0', '--connection-token-file', tokenFile, '--enable-smoke-test-driver'];
  const group = startGroup(process.execPath, [code.main, ...args, ...folders(profile)], {
    cwd: profile.root,
    env: { ...profile.env, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  const keep = (text: string): void => {
    printed = (printed + text).slice(-logCharacters);
  };
  const authority = `127.0.0.1:${await portOf(group, keep, () => printed)}`;
  return {
    address: (folder, payload) => addressOf(authority, token, folder, payload),
    log: () => printed,
    ended: group.gone,
    stop: () => group.end(),
  };
}

/** Installs a packaged extension into a profile that is not served yet. */
export async function installExtension(code: CodeServer, profile: Profile, vsix: string): Promise<void> {
  const args = [code.main, '--install-extension', vsix, '--force', ...folders(profile)];
  const outcome = await run(process.execPath, args, { cwd: profile.root, env: profile.env, timeoutMs: installMs });
  if (outcome.code !== 0) throw new Error(`VS Code did not install ${vsix}.\n${outcome.output.trim()}`);
}

function folders(profile: Profile): string[] {
  return [
    ...['--user-data-dir', profile.userData, '--extensions-dir', profile.extensions, '--server-data-dir', profile.serverData],
    ...['--accept-server-license-terms', '--disable-workspace-trust', '--disable-telemetry', '--telemetry-level', 'off'],
  ];
}

async function portOf(group: Group, keep: (text: string) => void, printed: () => string): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const fail = (what: string): void => reject(new Error(`VS Code's server ${what}.\n${printed().trim()}`));
  const timer = setTimeout(() => fail(`did not start in ${startMs / 1000} seconds`), startMs);
  for (const stream of [group.child.stdout, group.child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      keep(text);
      const port = /listening on (\d+)/.exec(printed())?.[1];
      if (port !== undefined) resolve(port);
    });
  }
  group.child.once('error', (error) => fail(`could not be started: ${error.message}`));
  group.child.once('exit', (status) => fail(`ended at once (${status})`));
  return promise.finally(() => clearTimeout(timer));
}

function addressOf(authority: string, token: string, folder: string, payload: Payload | undefined): string {
  const query = new URLSearchParams({ tkn: token, folder: pathToFileURL(folder).pathname });
  if (payload !== undefined) {
    const remote = (path: string): string => `vscode-remote://${authority}${pathToFileURL(path).pathname}`;
    query.set('payload', JSON.stringify(Object.entries(payload).map(([name, path]: [string, string]) => [name, remote(path)])));
  }
  return `http://${authority}/?${query.toString()}`;
}
