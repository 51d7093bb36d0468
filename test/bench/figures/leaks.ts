import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRedactor, redactRecords } from '../../../server/ingest/redact.ts';
import { corpus, leaks } from '../../leaks/corpus.ts';
import { root } from '../../support/places.ts';
import { plainRow, type Figure } from '../figure.ts';

const seeds = [1, 2, 3];
const harmlessBytes = 25e6;
/** Files that are about secrets may hold what looks like one. */
const aboutSecrets = /secret|redact|credential|leak/i;

/** Whether what must go is gone, and what may stay is left as it was. */
export const leaked: Figure = {
  name: 'leaks',
  async measure() {
    const planted = seeds.flatMap((seed) => corpus(seed));
    const redacted = await redactRecords(createRedactor(), planted.map(({ record }) => record));
    const left = planted.filter(({ parts }, index) => leaks(redacted[index], parts)).length;

    const files = harmlessFiles();
    const results = await createRedactor().values(files.map((text) => text.split('\n')));
    const lines = files.reduce((sum, text) => sum + text.split('\n').length, 0);
    const changed = results.reduce((sum, { count }) => sum + count, 0);
    const megabytes = Math.round(files.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / 1e6);
    return [
      plainRow(`secrets left, of ${planted.length.toLocaleString('en')} planted`, 'of 1,000', (left / planted.length) * 1_000, 5),
      plainRow(`harmless lines changed, of ${lines.toLocaleString('en')} in ${megabytes} MB of code and prose`, 'of 100,000', (changed / lines) * 100_000, 1),
    ];
  },
};

/** Code and prose that others wrote: what every install has. */
function harmlessFiles(): string[] {
  const found: string[] = [];
  let bytes = 0;
  for (const path of globSync('node_modules/**/*.{ts,js,mjs,md}', { cwd: root }).sort()) {
    if (aboutSecrets.test(path) || /\.min\.|\.map$/.test(path)) continue;
    const text = readFileSync(join(root, path), 'utf8');
    found.push(text);
    bytes += text.length;
    if (bytes >= harmlessBytes) break;
  }
  return found;
}
