/**
 * `npm run package` and `npm run package:all`: the extension as VSIX files, each with the binaries of its platform only. With `-- --encryption`
 * they can encrypt the record, too: SQLite with encryption is half as large as all the rest, and most people have no use for it.
 */
import { cp, mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { root } from './places.ts';
import { run } from './process.ts';
import { temporaryFolder } from './temporary.ts';

/** What VS Code calls a platform → what better-sqlite3 calls it. */
const binaries: Readonly<Record<string, string>> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'alpine-x64': 'linuxmusl-x64',
  'alpine-arm64': 'linuxmusl-arm64',
  'darwin-x64': 'darwin-x64',
  'darwin-arm64': 'darwin-arm64',
  'win32-x64': 'win32-x64',
  'win32-arm64': 'win32-arm64',
};
const universal = 'universal';

const files = ['package.json', 'package.nls.json', 'package.nls.de.json', 'README.md', 'CHANGELOG.md', 'LICENSE', '.vscodeignore', 'media', 'l10n'];
const buildMs = 120_000;
const packageMs = 120_000;

/** Builds for production and packages each platform into `folder`. Returns the paths in order. */
export async function packageFor(platforms: readonly string[], folder: string, withEncryption = false): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const temporary = await temporaryFolder();
  const stage = temporary.path;
  try {
    await must('The build', process.execPath, ['esbuild.mjs', '--production', '--out', join(stage, 'dist')], root, buildMs);
    for (const name of files) if (existsSync(join(root, name))) await cp(join(root, name), join(stage, name), { recursive: true });
    const paths: string[] = [];
    for (const platform of platforms) paths.push(await packageOne(stage, platform, folder, withEncryption));
    return paths;
  } finally {
    await temporary.remove();
  }
}

export function thisPlatform(): string {
  // A report without a glibc version comes from a musl system, which VS Code calls alpine.
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  const musl = process.platform === 'linux' && report.header?.glibcVersionRuntime === undefined;
  return `${musl ? 'alpine' : process.platform}-${process.arch}`;
}

async function packageOne(stage: string, platform: string, folder: string, withEncryption: boolean): Promise<string> {
  const wanted = platform === universal ? Object.values(binaries) : [binaries[platform]];
  await keepBinaries('better-sqlite3', join(stage, 'dist', 'prebuilds'), wanted);
  if (withEncryption) await keepBinaries('better-sqlite3-multiple-ciphers', join(stage, 'dist', 'ciphers'), wanted);
  const { version } = JSON.parse(await readFile(join(stage, 'package.json'), 'utf8')) as { version: string };
  const path = join(folder, `daybook${withEncryption ? '-encryption' : ''}-${platform}-${version}.vsix`);
  const vsce = fileURLToPath(import.meta.resolve('@vscode/vsce/vsce'));
  const target = platform === universal ? [] : ['--target', platform];
  // Each of these would otherwise be a question, and nobody is there to answer.
  const unasked = ['--skip-license', '--allow-missing-repository', '--allow-star-activation'];
  const args = ['package', '--no-dependencies', ...target, '--out', path, ...unasked];
  await must(`Packaging for ${platform}`, process.execPath, [vsce, ...args], stage, packageMs);
  return path;
}

async function keepBinaries(module: string, folder: string, wanted: readonly (string | undefined)[]): Promise<void> {
  await cp(join(root, 'node_modules', module, 'prebuilds'), folder, { recursive: true });
  for (const file of await readdir(folder)) if (!wanted.includes(file.replace(/\.node$/, ''))) await rm(join(folder, file));
  if ((await readdir(folder)).length !== wanted.length) throw new Error(`${module} has no binary for ${wanted.join(', ')}.`);
}

async function must(what: string, command: string, args: readonly string[], cwd: string, timeoutMs: number): Promise<void> {
  const outcome = await run(command, args, { cwd, timeoutMs });
  if (outcome.code === 0) return;
  const how = outcome.timedOut ? `took longer than ${timeoutMs / 1000} seconds` : 'failed';
  throw new Error(`${what} ${how}.\n${outcome.output.trim()}`);
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { all: { type: 'boolean', default: false }, encryption: { type: 'boolean', default: false } } });
  const platforms = values.all ? [...Object.keys(binaries), universal] : [thisPlatform()];
  for (const path of await packageFor(platforms, join(root, 'dist'), values.encryption)) {
    console.log(`${path.slice(root.length + 1)}  ${((await stat(path)).size / 1e6).toFixed(1)} MB`);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();
