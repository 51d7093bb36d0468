import assert from 'node:assert/strict';
import { createCodingSessions, isActivity } from '../../../server/lsp/codingSessions.ts';

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

  it('goes on no longer for what happens by itself, and does not begin with it', () => {
    const { at, during } = createCodingSessions({ idleMs: () => 15 * minute, last: none });
    assert.equal(during('w', 0), undefined);
    const first = at('w', 0);
    for (const now of [5, 10, 15]) assert.equal(during('w', now * minute), first);
    assert.equal(during('w', 20 * minute), undefined);
    assert.notEqual(at('w', 20 * minute), first);
  });

  it('knows what happens by itself', () => {
    const by = (kind: string, actor?: string): boolean => isActivity({ family: 'events', kind, ...(actor === undefined ? {} : { actor }) });
    const alone = [by('window.idle'), by('files.changed', 'external'), by('file.changed', 'external'), by('extension.updated'), by('source.gap')];
    assert.deepEqual(alone, alone.map(() => false));
    const work = [by('window.focused'), by('file.created'), by('editor.edited'), by('git.commit'), isActivity({ family: 'tasks', kind: 'run' })];
    assert.deepEqual(work, work.map(() => true));
  });
});
