import assert from 'node:assert/strict';
import { ownRules } from '../../../../server/ingest/redaction/rules.ts';
import { redactWithOwnRules } from '../../../../server/ingest/redaction/texts.ts';
import { examples } from './examples.ts';
import type { Example } from './examples.ts';

/** The longest run of a secret that may stay: prefixes and words around it are no secrets. */
const tolerated = 7;

function assertGone(secret: string, text: string, where: string): void {
  const left = text.replace(/\[redacted:[a-z0-9-]+\]/g, '');
  for (const part of secret.split(/[^A-Za-z0-9]+/)) {
    for (let at = 0; at + tolerated < part.length; at++) {
      const run = part.slice(at, at + tolerated + 1);
      assert.ok(!left.includes(run), `${where}: “${run}” is still there in ${left}`);
    }
  }
}

/** The places where a text turns up. Each keeps its characters readable for the assertion. */
const places: Readonly<Record<string, (text: string) => string>> = {
  alone: (text) => text,
  'a sentence': (text) => `I pasted ${text} into the chat.`,
  code: (text) => `const client = connect(\`${text}\`);`,
  JSON: (text) => JSON.stringify({ a: [text], b: 1 }),
  'JSON in JSON': (text) => JSON.stringify({ arguments: JSON.stringify({ text }) }),
  'a diff': (text) => `@@ -1 +1,9 @@\n-old\n${text.replace(/^/gm, '+')}\n context`,
  'numbered lines': (text) => text.split('\n').map((line, index) => `${String(index + 1).padStart(6)}→${line}`).join('\n'),
  'a coloured terminal': (text) => `$ show\n\u001b[32m${text}\u001b[0m\r\n$`,
};

function checkRule(id: string, example: Example): void {
  const text = example.text ?? example.secret;
  assert.match(redactWithOwnRules(text).text, new RegExp(`\\[redacted:${id}\\]`));
  for (const [name, place] of Object.entries(places)) {
    const result = redactWithOwnRules(place(text));
    assertGone(example.secret, result.text, name);
    assert.ok(result.count > 0, name);
  }
  assert.doesNotThrow(() => JSON.parse(redactWithOwnRules(JSON.stringify({ a: [text] })).text), 'JSON is still JSON');
}

describe('redaction rules', () => {
  it('have unique ids, lower-case keywords and an example each', () => {
    assert.equal(new Set(ownRules.map((rule) => rule.id)).size, ownRules.length);
    assert.deepEqual(ownRules.map((rule) => rule.id).filter((id) => !(id in examples)), []);
    assert.deepEqual(Object.keys(examples).filter((id) => !ownRules.some((rule) => rule.id === id)), []);
    for (const { id, keywords, description } of ownRules) {
      assert.match(id, /^[a-z0-9-]+$/);
      assert.ok(description.length > 5);
      assert.deepEqual(keywords, keywords.map((keyword) => keyword.toLowerCase()), id);
    }
  });

  for (const [id, example] of Object.entries(examples)) {
    it(`${id}: finds its example everywhere, and only that`, () => {
      checkRule(id, example);
      assert.deepEqual(redactWithOwnRules(example.harmless), { text: example.harmless, count: 0 });
    });
  }
});
