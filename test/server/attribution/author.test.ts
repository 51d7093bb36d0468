import assert from 'node:assert/strict';
import { createTracer } from '../../../server/attribution/tracer.ts';
import type { DaybookRecord } from '../../../shared/record.ts';
import { at, cart, createWriter, folder, memory, type Writer } from './memory.ts';

const total = ['  const total = sum(prices);', '  return Math.round(total * 100) / 100;'];
const written = { file_path: '/home/ada/shop/src/cart.ts', old_string: '  return sum(prices);', new_string: total.join('\n') };
const many = Array.from({ length: 30 }, (_, line) => `const value${line} = compute(${line}, 'something long');`);

describe('who made a change', () => {
  let work: Writer;
  beforeEach(() => {
    work = createWriter();
  });

  const told = (record: DaybookRecord): string => {
    const { actor, actorBecause } = createTracer(memory(work.records)).links(record);
    return `${actor ?? '-'}, ${actorBecause ?? '-'}`;
  };

  it('is the user, where it can have been typed', () => {
    assert.equal(told(work.edit(10, { added: ['const a = 1;'] }, { lasted: 3, changes: 9 })), 'user, typed');
    assert.equal(told(work.edit(20, { added: ['const ab = 1;'], removed: ['const a = 1;'] })), 'user, typed');
    assert.equal(told(work.edit(30, { removed: ['a', 'b', 'c'] })), 'user, typed');
    assert.equal(told(work.edit(90, { added: many }, { lasted: 60, changes: 250 })), 'user, typed');
  });

  it('is unknown, where a person cannot have typed it and nobody else is seen', () => {
    assert.equal(told(work.edit(10, { added: many })), 'unknown, at-once');
    assert.equal(told(work.edit(20, { removed: many.concat(many) })), 'unknown, at-once');
    assert.equal(told(work.event('editor.edited', 30, { uri: cart, startedAt: at(30), changes: 1, diffOmitted: 'too-large' })), 'unknown, at-once');
  });

  it('is the agent whose call wrote it, then and there', () => {
    work.call(8, 'Edit', written);
    assert.equal(told(work.edit(9.5, { added: total, removed: ['  return sum(prices);'] })), 'agent:claude-code, same-content');
    assert.equal(told(work.disk(12)), 'agent:claude-code, same-time');
    assert.equal(told(work.disk(12, `${folder}/src/other.ts`)), 'external, disk');
    assert.equal(told(work.disk(60)), 'external, disk');
  });

  it('is the agent, too, where its call replaced a part of a line, wrote all of the file, or patched it', () => {
    work.call(8, 'Edit', { ...written, old_string: '20', new_string: 'vatPercent' });
    assert.equal(told(work.edit(9, { added: ['  return price * vatPercent / 100;'], removed: ['  return price * 20 / 100;'] })), 'agent:claude-code, same-content');
    work.call(108, 'Write', { file_path: 'src/cart.ts', content: many.join('\n') });
    assert.equal(told(work.edit(109, { added: many.slice(3, 8) })), 'agent:claude-code, same-content');
    work.call(208, 'apply_patch', { input: `*** Begin Patch\n*** Update File: src/cart.ts\n@@\n-  return sum(prices);\n+${total.join('\n+')}\n*** End Patch` }, { tool: 'codex' });
    assert.equal(told(work.edit(209, { added: total, removed: ['  return sum(prices);'] })), 'agent:codex, same-content');
  });

  it('is the agent whose tool says no times, by the content alone', () => {
    work.said(0, [{ type: 'edit', uri: cart, edits: [{ text: total.join('\n') }] }], 'copilot-chat');
    assert.equal(told(work.edit(200, { added: total })), 'agent:copilot-chat, same-content');
    assert.equal(told(work.edit(900, { added: total })), 'user, typed');
  });

  it('is not the agent whose call failed, wrote something else, or was for another file', () => {
    for (const status of ['failed', 'denied', 'cancelled'] as const) {
      work.call(8, 'Edit', written, { status });
      assert.equal(told(work.edit(9, { added: total })), 'user, typed', status);
    }
    work.call(108, 'Edit', written);
    assert.equal(told(work.edit(109, { added: ['// Ada was here, at the same time'] }, { lasted: 3, changes: 12 })), 'user, typed');
    assert.equal(told(work.edit(109, { added: many })), 'unknown, at-once');
    work.call(208, 'Read', { file_path: '/home/ada/shop/src/cart.ts' });
    assert.equal(told(work.disk(209)), 'external, disk');
  });

  it('is not the agent, while a person typed as the agent waited to be allowed', () => {
    work.call(8, 'Edit', written, { lasted: 600 });
    assert.equal(told(work.edit(300, { added: ['const mine = true;'] }, { lasted: 4, changes: 15 })), 'user, typed');
    assert.equal(told(work.edit(608, { added: total, removed: ['  return sum(prices);'] })), 'agent:claude-code, same-content');
  });

  it('is unknown, where two agents may have', () => {
    work.call(8, 'Edit', written);
    work.call(8, 'Edit', written, { tool: 'codex' });
    assert.equal(told(work.disk(9)), 'unknown, several');
  });

  it('is somebody outside, where a file was reloaded, and git where git did it', () => {
    const reloaded = work.edit(9, { added: many });
    work.disk(11);
    assert.equal(told(reloaded), 'external, disk');
    work.event('git.checkout', 101, { repository: folder, operation: 'checkout', files: { count: 1, names: ['src/cart.ts'] } });
    assert.equal(told(work.edit(100, { added: total })), 'external, git');
    assert.equal(told(work.disk(102)), 'external, git');
    assert.equal(told(work.event('files.changed', 103, { count: 900, names: ['src/cart.ts', 'src/b.ts'] }, { actor: 'external' })), 'external, git');
    assert.equal(told(work.disk(103, `${folder}/src/other.ts`)), 'external, disk');
    assert.equal(told(work.edit(104, { added: ['const a = 1;'] }, { lasted: 3, changes: 14 })), 'user, typed');
    assert.equal(told(work.event('file.created', 300, { uri: cart })), 'user, editor');
  });

  it('is not who took the lines away that an agent had written', () => {
    work.call(8, 'Edit', written);
    work.event('git.checkout', 22, { repository: folder, operation: 'checkout', at: at(20), files: { count: 1, names: ['src/cart.ts'] } });
    const back = work.event('editor.edited', 20.5, { uri: cart, startedAt: at(20.5), changes: 1, fromDisk: true, diff: `@@ -1,2 +0,0 @@\n-${total.join('\n-')}` });
    assert.equal(told(back), 'external, git');
    assert.equal(told(work.disk(22)), 'external, git');
    work.call(30, 'Edit', { ...written, old_string: total.join('\n'), new_string: '' });
    assert.equal(told(work.edit(31.5, { removed: total })), 'agent:claude-code, same-content');
  });

  it('believes an editor that tells what it read anew', () => {
    const typed = (fromDisk: boolean): DaybookRecord => work.event('editor.edited', 10, { uri: cart, startedAt: at(10), changes: 1, fromDisk, diff: '@@ -1 +1 @@\n+const a = 1;' });
    work.disk(11);
    assert.equal(told(typed(false)), 'user, typed');
    assert.equal(told(typed(true)), 'external, disk');
    assert.equal(told(work.event('editor.edited', 60, { uri: cart, startedAt: at(60), changes: 1, fromDisk: true, diff: '+a' })), 'external, disk');
  });

  it('is not git, where git came later', () => {
    const note = work.disk(11);
    work.event('git.stash', 12.5, { repository: folder, action: 'pushed', at: at(11), files: { count: 1, names: ['src/cart.ts'] } });
    assert.equal(told(note), 'external, disk');
    assert.equal(told(work.disk(13)), 'external, git');
  });

  it('is the agent whose command named the file', () => {
    work.call(8, 'Bash', { command: "sed -i 's/a/b/' src/cart.ts" });
    assert.equal(told(work.disk(10)), 'agent:claude-code, command');
    assert.equal(told(work.disk(10, `${folder}/src/art.ts`)), 'external, disk');
  });

  it('is not the agent long after its call, nor git because it committed, nor who wrote something else when a file was read anew', () => {
    work.call(8, 'Edit', written);
    assert.equal(told(work.edit(60, { added: total.slice(1) })), 'user, typed');
    work.event('git.commit', 100, { repository: folder, operation: 'commit', at: at(99), files: { count: 1, names: ['src/cart.ts'] } });
    assert.equal(told(work.disk(102)), 'external, disk');
    work.call(200, 'Edit', written);
    assert.equal(told(work.event('editor.edited', 201, { uri: cart, startedAt: at(201), changes: 1, fromDisk: true, diff: '@@ -1 +1 @@\n+export const other = 1;' })), 'external, disk');
  });

  it('is whoever the record says', () => {
    assert.equal(told(work.event('editor.edited', 9, { uri: cart }, { actor: 'agent:acme' })), 'agent:acme, recorded');
    assert.equal(told(work.event('window.focused', 9, {})), '-, -');
  });

  it('is of a command the agent that ran it, and of git whoever had it called', () => {
    const asked = work.call(8, 'run_in_terminal', { command: 'npm  test' }, { tool: 'copilot-chat', lasted: 6 });
    const ran = work.command(13, 'npm test', 4);
    assert.equal(told(ran), 'agent:copilot-chat, same-command');
    assert.equal(told(work.command(60, 'npm test', 4)), '-, -');
    work.call(98, 'Bash', { command: 'git add -A && git commit -m "Round"' });
    assert.equal(told(work.event('git.commit', 100, { repository: folder, operation: 'commit' })), 'agent:claude-code, command');
    assert.equal(told(work.event('git.stash', 100, { repository: folder })), '-, -');
    assert.deepEqual(createTracer(memory(work.records)).links(ran).causedBy?.map(({ id, label }) => `${id} ${label}`), [`${asked.id} run_in_terminal · npm test`]);
  });
});
