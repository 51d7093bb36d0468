import assert from 'node:assert/strict';
import { editsOf } from '../../../../server/query/document/toolEdits.ts';
import { call, text, toolsOf, viewOf } from './session.ts';

describe('edits in tool calls', () => {
  it('are read from the arguments of every tool that replaces', () => {
    const expected = [{ path: 'a.ts', before: 'x', after: 'y' }];
    assert.deepEqual(editsOf('Edit', { file_path: 'a.ts', old_string: 'x', new_string: 'y' }), expected);
    assert.deepEqual(editsOf('str_replace_editor', { command: 'str_replace', path: 'a.ts', old_str: 'x', new_str: 'y' }), expected);
    assert.deepEqual(editsOf('replace_string_in_file', { filePath: 'a.ts', oldString: 'x', newString: 'y' }), expected);
    assert.deepEqual(editsOf('MultiEdit', { file_path: 'a.ts', edits: [{ old_string: 'x', new_string: 'y' }] }), expected);
  });

  it('are whole files where a tool writes one', () => {
    assert.deepEqual(editsOf('Write', { file_path: 'n.md', content: 'hello\n' }), [{ path: 'n.md', before: '', after: 'hello\n' }]);
    assert.deepEqual(editsOf('Search', { path: 'n.md', content: 'hello' }), []);
  });

  it('are read from patches', () => {
    const patch = '*** Begin Patch\n*** Update File: src/a.ts\n@@ class A\n same\n-old\n+new\n*** Add File: b.ts\n+one\n+two\n*** Delete File: c.ts\n*** End Patch';
    const expected = [{ path: 'src/a.ts', before: 'same\nold\n', after: 'same\nnew\n' }, { path: 'b.ts', before: '', after: 'one\ntwo\n' }];
    assert.deepEqual(editsOf('apply_patch', { input: patch }), expected);
    assert.deepEqual(editsOf('shell', { command: ['apply_patch', patch] }), expected);
    assert.deepEqual(editsOf('apply_patch', patch), expected);
    assert.deepEqual(editsOf('patch', { path: 'x', diff: '--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n@@ -9 +9 @@\n-c\n+d\n' }), [{ path: 'x', before: 'a\n…\nc\n', after: 'b\n…\nd\n' }]);
  });

  it('are none in anything else, whatever it looks like', () => {
    for (const input of [undefined, null, 7, 'text', [], {}, { command: 'ls' }, { edits: [null, 3, {}] }, { file_path: 1, old_string: 2, new_string: 3 }, { path: 'a', old_str: 'only' }]) {
      assert.deepEqual(editsOf('Bash', input), []);
    }
  });

  it('are shown as lines with signs, and whole for the diff editor', () => {
    const view = viewOf(['user', [text('Go')]], ['assistant', [call('a', 'Edit', { file_path: 'a.ts', old_string: 'one\ntwo', new_string: 'one\nthree\nfour' })]]);
    const [tool] = toolsOf(view);
    assert.deepEqual(tool?.edits, [{ path: 'a.ts', added: 2, removed: 1, diff: { text: ' one\n-two\n+three\n+four' } }]);
    assert.equal(tool?.input, undefined);
    assert.deepEqual(view.block('r1', 0)?.edits, [{ path: 'a.ts', before: 'one\ntwo', after: 'one\nthree\nfour' }]);
  });

  it('of any size are shown at once', () => {
    const many = Array.from({ length: 60_000 }, (_, at) => `line ${at}`).join('\n');
    const [tool] = toolsOf(viewOf(['assistant', [call('a', 'Edit', { file_path: 'a.ts', old_string: many, new_string: many.replaceAll('line', 'row') })]]));
    assert.deepEqual([tool?.edits[0]?.added, tool?.edits[0]?.removed], [60_000, 60_000]);
  });
});
