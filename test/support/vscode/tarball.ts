/** A package of the npm registry as a folder, without its dependencies and without running anything of it. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { npm } from '../npm.ts';
import { run } from '../process.ts';

export interface PinnedPackage {
  readonly name: string;
  readonly version: string;
  /** What the registry calls `integrity`: `sha512-` and base64. */
  readonly integrity: string;
}

const downloadMs = 10 * 60_000;
const unpackMs = 3 * 60_000;

/** Unpacks into `folder`, which must exist. Throws when the package is not the one that was pinned. */
export async function unpackPackage(pinned: PinnedPackage, folder: string): Promise<void> {
  await npm(['pack', '--ignore-scripts', `${pinned.name}@${pinned.version}`, '--pack-destination', folder], folder, downloadMs);
  const tarball = (await readdir(folder)).find((name) => name.endsWith('.tgz'));
  if (tarball === undefined) throw new Error(`npm pack left no package in ${folder}.`);
  const path = join(folder, tarball);
  await check(path, pinned);
  await untar(path, folder, ['--strip-components=1', '-z']);
  await rm(path);
}

/** Unpacks a tar file. `options` are further options of tar. */
export async function untar(path: string, folder: string, options: readonly string[] = []): Promise<void> {
  const outcome = await run('tar', [...options, '-xf', path, '-C', folder], { timeoutMs: unpackMs });
  if (outcome.code !== 0) throw new Error(`tar could not unpack ${path}. ${outcome.output.trim()}`);
}

async function check(path: string, pinned: PinnedPackage): Promise<void> {
  const hash = createHash('sha512');
  await pipeline(createReadStream(path), hash);
  if (`sha512-${hash.digest('base64')}` !== pinned.integrity) {
    throw new Error(`${pinned.name}@${pinned.version} from the registry is not the package that was pinned.`);
  }
}
