import assert from 'node:assert/strict';
import fc from 'fast-check';
import { toolUse } from '../../shared/toolUse.ts';

const patch = '*** Begin Patch\n*** Update File: src/a.ts\n*** Move to: src/b.ts\n@@\n-a\n+b\n*** Add File: c.md\n+c\n*** End Patch';

describe('what a call is about', () => {
  it('is the files it changes', () => {
    const changes = (name: string, given: unknown): unknown => {
      const use = toolUse({ name, arguments: given });
      return use.changes ? use.files : use;
    };
    assert.deepEqual(changes('Edit', { file_path: '/a.ts', old_string: 'x', new_string: 'y' }), ['/a.ts']);
    assert.deepEqual(changes('write_to_file', { path: 'a.ts', content: 'x' }), ['a.ts']);
    assert.deepEqual(changes('search_replace', { path: 'a.ts' }), ['a.ts']);
    assert.deepEqual(changes('copilot_multiReplaceString', { replacements: [{ filePath: '/a.ts' }, { filePath: '/b.ts' }, { filePath: '/a.ts' }] }), ['/a.ts', '/b.ts']);
    assert.deepEqual(changes('apply_patch', patch), ['src/a.ts', 'src/b.ts', 'c.md']);
    assert.deepEqual(changes('applyPatch', { input: patch }), ['src/a.ts', 'src/b.ts', 'c.md']);
    assert.deepEqual(changes('shell', { command: ['bash', '-lc', `apply_patch <<'EOF'\n${patch}\nEOF`] }), ['src/a.ts', 'src/b.ts', 'c.md']);
    assert.deepEqual(changes('str_replace_based_edit_tool', { command: 'create', path: '/a.ts' }), ['/a.ts']);
  });

  it('is the files it reads', () => {
    assert.deepEqual(toolUse({ name: 'Read', arguments: { file_path: '/a.ts' } }), { files: ['/a.ts'], changes: false });
    assert.deepEqual(toolUse({ name: 'str_replace_based_edit_tool', arguments: { command: 'view', path: '/a.ts' } }), { files: ['/a.ts'], changes: false });
    for (const name of ['Grep', 'Glob', 'LS', 'list_dir', 'grep_search']) assert.deepEqual(toolUse({ name, arguments: { path: '/home' } }).files, [], name);
  });

  it('is the command it runs', () => {
    for (const [name, given] of [['Bash', { command: ' npm test ' }], ['shell', { command: ['bash', '-lc', 'npm test'] }], ['exec_command', { cmd: 'npm test' }], ['run_in_terminal', { command: 'npm test' }], ['execute_command', { command: 'npm test' }]] as const) {
      assert.deepEqual(toolUse({ name, arguments: given }), { files: [], changes: false, command: 'npm test' }, name);
    }
  });

  it('is told of whatever a call may hold', () => {
    fc.assert(fc.property(fc.string(), fc.anything(), (name, given) => {
      assert.ok(toolUse({ name, arguments: given }).files.length <= 50);
    }));
  });
});
