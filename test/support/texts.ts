/**
 * `npm run texts`: moves texts that stand in package.json into package.nls.json, takes out those that nobody uses any more, sorts all files,
 * and says what has no translation yet.
 */

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { keyOf, readTexts, type Texts } from './manifest.ts';
import { textPlaces } from './manifestTexts.ts';
import { clientMessages } from './messages.ts';
import { root } from './places.ts';

const manifestPath = join(root, 'package.json');
const manifest = JSON.parse(await readFile(manifestPath, 'utf8')) as Record<string, unknown>;
const before = readTexts('package.nls.json');
const english: Record<string, string> = {};
for (const { key, value, set } of textPlaces(manifest)) {
  const known = keyOf(value);
  english[key] = known === undefined ? value : before[known] ?? value;
  set(`%${key}%`);
}
await write('package.json', manifest);
await write('package.nls.json', english);
await translate('package.nls.de.json', Object.keys(english));
await translate(join('l10n', 'bundle.l10n.de.json'), [...new Set(clientMessages().messages.map(({ text }) => text))].sort());

/** Keeps the translations of what there is, and names what has none. */
async function translate(name: string, keys: readonly string[]): Promise<void> {
  const texts = readTexts(name);
  await write(name, Object.fromEntries(keys.flatMap((key): [string, string][] => (texts[key] === undefined ? [] : [[key, texts[key]]]))));
  for (const key of keys) if (texts[key] === undefined) console.log(`${name} has no translation of ${JSON.stringify(key)}${told(english, key)}`);
}

function told(texts: Texts, key: string): string {
  return texts[key] === undefined ? '' : `: ${JSON.stringify(texts[key])}`;
}

async function write(name: string, value: object): Promise<void> {
  await writeFile(join(root, name), `${JSON.stringify(value, undefined, 2)}\n`);
}
