import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lanes } from '../../shared/lane.ts';
import { dashboardTexts, timelineTexts } from '../../shared/webviewTexts.ts';

const media = join(import.meta.dirname, '../../media');

/** What the pages say, as it stands in their source. */
function said(folder: string): string[] {
  const sources = readdirSync(join(media, folder)).filter((name) => name.endsWith('.ts')).map((name) => readFileSync(join(media, folder, name), 'utf8'));
  return sources.flatMap((source) => [...source.matchAll(/\bsay\(([^,)]*)/g)].flatMap(([, argument = '']) => {
    const texts = [...argument.matchAll(/'([^']+)'/g)].map(([, text = '']) => text);
    return argument.includes('===') ? texts.slice(1) : texts; // by === 'tool' ? …
  }));
}

describe('texts of the pages', () => {
  for (const [folder, texts] of [['dashboard', dashboardTexts], ['timeline', timelineTexts]] as const) {
    it(`of the ${folder} can all be translated`, () => {
      const found = said(folder);
      assert.ok(found.length > 15);
      assert.deepEqual([...found, ...lanes].filter((text) => !(texts as readonly string[]).includes(text)), []);
      assert.equal(new Set(texts).size, texts.length);
      const sources = readdirSync(join(media, folder)).map((name) => readFileSync(join(media, folder, name), 'utf8')).join('\n');
      assert.deepEqual(texts.filter((text) => !(lanes as readonly string[]).includes(text) && !sources.includes(`'${text}'`)), [], 'said nowhere');
    });
  }
});
