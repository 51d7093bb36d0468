import assert from 'node:assert/strict';
import { createCodingSessions } from '../../../server/lsp/codingSessions.ts';

const minute = 60_000;

describe('codingSessions', () => {
  const none = (): undefined => undefined;

  it('goes on until there is a pause that is long enough', () => {
    const { at } = createCodingSessions({ idleMs: () => 15 * minute, last: none });
    const first = at('w', 0);
    assert.match(first, /^coding:[0-9a-f-]{36}$/);
    assert.equal(at('w', 15 * minute), first);
    assert.equal(at('w', 30 * minute), first);
    assert.notEqual(at('w', 45 * minute + 1), first);
  });

  it('keeps workspaces apart, and work outside of one', () => {
    const { at } = createCodingSessions({ idleMs: () => minute, last: none });
    assert.equal(new Set([at('a', 0), at('b', 0), at(undefined, 0), at('a', 1), at(undefined, 1)]).size, 3);
  });

  it('goes on with a session on record that ended a moment ago, and not with an old one', () => {
    const last = (workspace: string): { id: string; ended: number } => ({ id: `coding:${workspace}`, ended: 100 * minute });
    const { at } = createCodingSessions({ idleMs: () => 15 * minute, last });
    assert.equal(at('young', 110 * minute), 'coding:young');
    assert.notEqual(at('old', 116 * minute), 'coding:old');
    assert.notEqual(at(undefined, 110 * minute), 'coding:');
  });

  it('asks the record once, and follows the setting when it changes', () => {
    let asked = 0;
    let idleMs = minute;
    const last = (): undefined => {
      asked++;
    };
    const { at } = createCodingSessions({ idleMs: () => idleMs, last });
    const first = at('w', 0);
    idleMs = 10 * minute;
    assert.equal(at('w', 5 * minute), first);
    assert.equal(asked, 1);
  });
});
