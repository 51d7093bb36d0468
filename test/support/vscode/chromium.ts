/** A Chromium for 64-bit Linux from the npm registry: headless, packed with brotli, with the few libraries and fonts it needs. */
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { cache } from '../places.ts';
import type { Browser } from './browser.ts';
import { fetchOnce } from './fetched.ts';
import { unpackPackage, untar } from './tarball.ts';

const pinned = {
  name: '@sparticuz/chromium',
  version: '147.0.0',
  integrity: 'sha512-4ZKeAQQa8up2mt675qSitztLdbQrlf8BKdC5naeap+5Mv1OV1OlJdPoU+EJC/p5sQUJUQmN4r+q5+EhaaOUHpQ==',
};

/** Fetches it the first time. Rejects when the registry cannot be reached. */
export async function chromiumFromRegistry(): Promise<Browser> {
  const folder = await fetchOnce(cache, `chromium-${pinned.version}`, build);
  return {
    executable: join(folder, 'chromium'),
    env: { LD_LIBRARY_PATH: join(folder, 'lib'), FONTCONFIG_FILE: join(folder, 'fonts.conf') },
  };
}

async function build(folder: string): Promise<void> {
  console.log(`Fetching a browser (${pinned.name} ${pinned.version}) from the npm registry, once.`);
  const unpacked = join(folder, 'package');
  await mkdir(unpacked);
  await unpackPackage(pinned, unpacked);
  const packed = (name: string): string => join(unpacked, 'bin', `${name}.br`);
  await decompress(packed('chromium'), join(folder, 'chromium'));
  for (const name of ['al2023.tar', 'fonts.tar', 'swiftshader.tar']) {
    const tar = join(folder, name);
    await decompress(packed(name), tar);
    await untar(tar, folder);
    await rm(tar);
  }
  await writeFile(join(folder, 'fonts.conf'), fontSettings);
  await rm(unpacked, { recursive: true });
}

async function decompress(from: string, to: string): Promise<void> {
  await pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(to, { mode: 0o755 }));
}

/** Its own settings name folders of a cloud service; without one font the browser stops at the first letter. */
const fontSettings = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir prefix="relative">font-cache</cachedir>
</fontconfig>
`;
