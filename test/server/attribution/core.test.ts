import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Core } from '../../../server/core.ts';
import { openCore } from '../../support/core.ts';
import { continueSession, writeSession } from '../../support/demo/claudeCode.ts';
import { folderForEachTest } from '../../support/folder.ts';

const cwd = '/home/ada/shop';
const uri = `file://${cwd}/src/cart.ts`;
const line = '  return Math.round(total * 100) / 100;';
const session = { id: '5f0c9a4e-7d1b-4c7e-8a55-2f6b1d9e3a10', title: 'Round prices', minutesAgo: 0, steps: [{ ask: 'Round the prices.' }], cwd };

describe('who did it, in all of Daybook', () => {
  const at = folderForEachTest();
  let core: Core;
  beforeEach(() => {
    core = openCore(join(at.path, 'data'), at.path);
  });
  afterEach(() => core.close());

  const edit = (id: string, added: string, more: object = {}): object => {
    const time = new Date().toISOString();
    const data = { uri, languageId: 'typescript', startedAt: time, changes: 1, fromDisk: true, linesAdded: 1, linesRemoved: 0, diff: `--- a\n+++ b\n@@ -1 +1 @@\n+${added}`, ...more };
    return { family: 'events', kind: 'editor.edited', id, time, session: 'coding:1', workspace: `file://${cwd}`, subject: 'src/cart.ts', data };
  };
  const actors = (of: Core = core): (string | undefined)[] => ['theirs', 'mine', 'nobodys'].map((id) => of.show(id)?.actor);
  const found = (query: string): string[] => core.search({ query, limit: 20 }).results.map(({ id }) => id).sort();

  /** The session is read after the edits are on record, as it is when an editor was open and Daybook's thread was late. */
  async function work(): Promise<void> {
    const path = await writeSession(at.path, session);
    await continueSession(path, session, [{ use: 'Edit', input: { file_path: `${cwd}/src/cart.ts`, old_string: '  return total;', new_string: line }, output: 'Done.' }]);
    await core.record([edit('theirs', line), edit('mine', 'const a = 1;', { fromDisk: false }), edit('nobodys', 'x'.repeat(500), { fromDisk: false })], 'lsp');
    assert.deepEqual(actors(), ['external', 'user', 'unknown']);
    await core.import({});
  }

  it('is told of a session that is read later, found, counted, and the same after a rebuild', async () => {
    await work();
    const expected = ['agent:claude-code', 'user', 'unknown'];
    assert.deepEqual(actors(), expected);
    const [cause] = core.show('theirs')?.causedBy ?? [];
    assert.deepEqual([cause?.kind, cause?.label, cause?.because, cause?.session], ['message', 'Edit · cart.ts', 'same-content', `claude-code:${session.id}`]);
    assert.deepEqual(core.show(cause?.id ?? '')?.ledTo?.map(({ id }) => id), ['theirs']);
    assert.deepEqual([found('actor:agent:claude-code kind:editor.edited'), found('actor:unknown'), found('actor:user kind:edited')], [['theirs'], ['nobodys'], ['mine']]);
    assert.deepEqual(core.actors().byActor, { 'agent:claude-code': 1, unknown: 1, user: 1 });
    core.rebuild();
    assert.deepEqual(actors(), expected);
    core.seal(true);
    assert.deepEqual([actors(), found('actor:unknown')], [expected, ['nobodys']]);
  });

  it('goes where the record goes, and is forgotten with what it was told from', async () => {
    await work();
    const output = join(at.path, 'all.jsonl');
    await (await core.exports()).run({ format: 'jsonl', output });
    const other = openCore(join(at.path, 'other'), join(at.path, 'nobody'));
    await other.import({ from: [output] });
    assert.deepEqual(actors(other), ['agent:claude-code', 'user', 'unknown']);
    await other.forget({ sessions: [`claude-code:${session.id}`] });
    assert.deepEqual(actors(other), ['external', 'user', 'unknown']);
    assert.equal(other.show('theirs')?.causedBy, undefined);
    await other.close();
  });
});
