/** The manifest as VS Code shows it: its texts stand in package.nls.json, one key each. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './places.ts';

export type Texts = Readonly<Record<string, string>>;

/** @param name such as `package.nls.de.json` */
export function readTexts(name: string): Texts {
  return JSON.parse(readFileSync(join(root, name), 'utf8')) as Texts;
}

/** package.json with every `%key%` replaced by its text. */
export function readManifest(texts: Texts = readTexts('package.nls.json')): unknown {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'), (_name, value: unknown) => {
    const key = typeof value === 'string' ? keyOf(value) : undefined;
    return key === undefined ? value : texts[key] ?? value;
  });
}

/** The key that a value of the manifest stands for; undefined for a value that speaks for itself. */
export function keyOf(value: string): string | undefined {
  return /^%(.+)%$/.exec(value)?.[1];
}
