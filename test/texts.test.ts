import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commands, views } from '../shared/contributions.ts';
import { keyOf, readManifest, readTexts } from './support/manifest.ts';
import { textPlaces } from './support/manifestTexts.ts';
import { clientMessages, placesOf } from './support/messages.ts';
import { root } from './support/places.ts';

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, unknown>;
const english = readTexts('package.nls.json');
const german = readTexts('package.nls.de.json');
const bundle = readTexts(join('l10n', 'bundle.l10n.de.json'));
const howTo = 'npm run texts sorts it out';

describe('texts of the manifest', () => {
  const places = textPlaces(manifest);

  it('stand in package.nls.json, each under a key of its own', () => {
    assert.ok(places.length > 80);
    assert.deepEqual(places.filter(({ key, value }) => keyOf(value) !== key), [], howTo);
    assert.equal(new Set(places.map(({ key }) => key)).size, places.length, 'two texts have the same key');
    assert.deepEqual(Object.keys(english), places.map(({ key }) => key), howTo);
    assert.doesNotMatch(JSON.stringify(readManifest()), /"%[^"]+%"/);
  });

  it('are all there in German, and nothing else is', () => {
    assert.deepEqual(Object.keys(german).sort(), Object.keys(english).sort());
  });

  it('have the same commands, settings and code in both', () => {
    for (const [key, text] of Object.entries(english)) assert.deepEqual(marksOf(german[key] ?? ''), marksOf(text), key);
  });

  it('name commands by the titles that they have', () => {
    const known = [...Object.values<string>(commands), ...Object.values(views).map((view) => `${view}.focus`)];
    for (const texts of [english, german]) {
      const titles = Object.entries(texts).filter(([key]) => key.startsWith('command.')).map(([, title]) => title);
      for (const [key, text] of Object.entries(texts)) {
        for (const [, title = ''] of text.matchAll(/\*Daybook: ([^*]+)\*/g)) assert.ok(titles.includes(title), `${title} in ${key}`);
        for (const [, command = ''] of text.matchAll(/\(command:([^)]+)\)/g)) assert.ok(known.includes(command), `${command} in ${key}`);
      }
    }
  });
});

describe('texts of the client', () => {
  const { messages, unreadable } = clientMessages();

  it('can all be found in the sources', () => {
    assert.ok(messages.length > 300);
    assert.deepEqual(unreadable, [], 'the first argument of t is a text, or a choice of two');
  });

  it('are all there in German, and nothing else is', () => {
    const texts = new Set(messages.map(({ text }) => text));
    assert.deepEqual(messages.filter(({ text }) => bundle[text] === undefined).map(({ text, place }) => `${place} ${text}`), [], howTo);
    assert.deepEqual(Object.keys(bundle).filter((text) => !texts.has(text)), [], howTo);
  });

  it('have the same places for values in both, and as many as are handed in', () => {
    for (const [text, translation] of Object.entries(bundle)) assert.deepEqual(placesOf(translation), placesOf(text), text);
    for (const { text, place, values } of messages) {
      const most = Math.max(-1, ...placesOf(text)) + 1;
      assert.ok(values === undefined || most <= values, `${place} ${text}`);
    }
  });

  it('have the same settings and code in both', () => {
    for (const [text, translation] of Object.entries(bundle)) assert.deepEqual(marksOf(translation), marksOf(text), text);
  });

  it('name commands by their German titles', () => {
    const titles = Object.entries(german).filter(([key]) => key.startsWith('command.')).map(([, title]) => title);
    for (const text of Object.values(bundle)) for (const [, title = ''] of text.matchAll(/\*Daybook: ([^*]+)\*/g)) assert.ok(titles.includes(title), title);
  });
});

/** What no translation may change: links to commands, inline code, names of settings and filters. */
function marksOf(text: string): readonly string[] {
  return [...text.matchAll(/\(command:[^)]+\)|`[^`]+`|daybook\.[\w.]*\w|\b(?:file|during|source):[\w.]*|\bis:\w+/g)].map(([mark]) => mark).sort();
}
