import assert from 'node:assert/strict';
import { validate } from '../../server/ingest/validate.ts';
import { limited } from '../../shared/consent.ts';
import { examples } from '../../shared/examples.ts';
import type { Example } from '../../shared/examples.ts';
import { families, parseType, typeOf, type Family } from '../../shared/record.ts';

const all = families.flatMap((family) => Object.entries<Example<unknown>>(examples[family]).map(([kind, example]) => ({ family, kind, ...example })));

describe('an example of each kind', () => {
  it('is a record that is taken as it is', () => {
    for (const { family, kind, ...example } of all) {
      const checked = validate({ family, kind, ...(family === 'chats' && { session: 'tool:1' }), ...example }, 'vscode');
      assert.ok('record' in checked, `${kind}: ${'reason' in checked ? checked.reason : ''}`);
      const { record } = checked;
      assert.deepEqual([parseType(record.type), record.type, record.data, record.actor, record.subject], [{ family, kind }, typeOf(family, kind), example.data, example.actor, example.subject]);
    }
  });

  it('says nothing of what was written, printed or told below the consent for content', () => {
    const content = /const tax|1 !== 2|failing|four|503|uploaded|Round prices|TypeError|e3b0c442|malformed \w|rounded twice|hologram/;
    for (const example of all.filter(({ kind }) => !kind.startsWith('source.'))) {
      const kept = limited<typeof example & { readonly family: Family }>(example, 'no content');
      assert.doesNotMatch(JSON.stringify(kept ?? null), content, example.kind);
    }
  });
});
