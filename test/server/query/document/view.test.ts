import assert from 'node:assert/strict';
import { blocksOf, call, recordOf, text, toolsOf, viewOf, viewOfRecords } from './session.ts';

describe('the view of a session', () => {
  it('has a turn for each prompt, with its place among the items and its figures', () => {
    const view = viewOf(
      ['user', [text('Fix  the\ntest')]],
      ['assistant', [text('I look.'), call('a', 'Bash', { command: 'npm test' })], { responseId: 'x', model: 'm1', usage: { inputTokens: 10, outputTokens: 5 } }],
      ['assistant', [call('b', 'Bash')], { responseId: 'x', usage: { inputTokens: 10, outputTokens: 7 } }],
      ['tool', [{ type: 'tool_call_response', id: 'a', status: 'failed', exitCode: 1, response: 'no' }]],
      ['user', [text('Thanks')]],
    );
    const { turns, items } = view.outline();
    assert.equal(items, 4);
    assert.deepEqual(turns.map(({ prompt, first, items: count, toolCalls, failures }) => [prompt, first, count, toolCalls, failures]), [['Fix the test', 0, 3, 2, 1], ['Thanks', 3, 1, 0, 0]]);
    assert.deepEqual(turns[0]?.usage, { inputTokens: 10, outputTokens: 7 });
    assert.deepEqual(turns[0]?.models, ['m1']);
  });

  it('puts the answer to its call, however much later it came', () => {
    const view = viewOf(['assistant', [call('a', 'Read', { file_path: 'x' })]], ['user', [text('Meanwhile')]],
      ['tool', [{ type: 'tool_call_response', id: 'a', status: 'succeeded', response: { lines: 2 }, durationMs: 12 }]]);
    const [tool] = toolsOf(view);
    assert.deepEqual([tool?.name, tool?.summary, tool?.status, tool?.durationMs, tool?.output?.text], ['Read', 'x', 'succeeded', 12, '{\n  "lines": 2\n}']);
    assert.equal(view.outline().items, 2);
  });

  it('says so where no answer is known, and keeps an answer without a call', () => {
    const [open, orphan] = toolsOf(viewOf(['assistant', [call('a', 'Bash')]], ['tool', [{ type: 'tool_call_response', id: 'z', status: 'succeeded', response: 'ok' }]]));
    assert.equal(open?.status, 'running');
    assert.deepEqual([orphan?.name, orphan?.output?.text], ['tool', 'ok']);
  });

  it('gives pages, and the same items as all at once', () => {
    const view = viewOf(...Array.from({ length: 25 }, (_, at) => ['assistant', [text(`answer ${at}`)]] as const));
    const all = view.items(0, 100).items;
    assert.equal(all.length, 25);
    assert.deepEqual([...view.items(0, 10).items, ...view.items(10, 10).items, ...view.items(20, 10).items], all);
    assert.deepEqual(view.items(25, 10).items, []);
  });

  it('cuts long texts and has them whole', () => {
    const long = 'x'.repeat(10_000_000);
    const view = viewOf(['tool', [{ type: 'tool_call_response', id: 'z', status: 'succeeded', response: long }]]);
    const [tool] = toolsOf(view);
    assert.ok((tool?.output?.text.length ?? 0) <= 20_000);
    assert.equal(tool?.output?.wholeLength, long.length);
    assert.equal(view.block('r0', 0)?.text.length, long.length);
    assert.equal(view.block('r0', 1), undefined);
    assert.equal(view.block('other', 0), undefined);
  });

  it('shows nothing that could lie: no terminal sequences, no reversed reading, no control characters', () => {
    const view = viewOf(['assistant', [text('a\u001b[31mred\u001b[0m \u202egnp.exe \u0000\u0007\ud83d')]]);
    const shown = JSON.stringify(view.items(0, 1));
    assert.match(shown, /ared \ufffdgnp\.exe \ufffd\ufffd\ufffd/);
    assert.doesNotMatch(view.block('r0', 0)?.text ?? '', /[\u001b\u202e\u0000]/);
  });

  it('finds a text over line breaks and in any case, wherever it is', () => {
    const view = viewOf(['user', [text('The Basket\n  fails')]], ['assistant', [call('a', 'Edit', { file_path: 'src/a.ts', old_string: 'one', new_string: 'marzipan' })]],
      ['tool', [{ type: 'tool_call_response', id: 'a', status: 'succeeded', response: 'done: nougat' }]], ['assistant', [text('basket fails no more')]]);
    const found = (wanted: string): readonly number[] => view.find({ text: wanted }).items;
    assert.deepEqual(found('basket FAILS'), [0, 2]);
    assert.deepEqual([found('marzipan'), found('nougat'), found('src/a.ts'), found('  '), found('nowhere')], [[1], [1], [1], [], []]);
    assert.deepEqual(view.find({ text: 'basket', record: 'r1' }).items, [1]);
    assert.deepEqual(view.find({ text: 'nougat', record: 'r2' }).items, [1], 'an answer is found with its call');
  });

  it('gives one turn as Markdown, without the head of the session', () => {
    const view = viewOf(['user', [text('First')]], ['assistant', [text('One.')]], ['user', [text('Second')]]);
    const markdown = view.turnMarkdown(1) ?? '';
    assert.match(markdown, /^## 1 · /);
    assert.match(markdown, /> First[\s\S]*One\./);
    assert.doesNotMatch(markdown, /Second|\*\*Tool\*\*/);
    assert.equal(view.turnMarkdown(3), undefined);
  });

  it('shows a coding session: commands, edits and what else happened', () => {
    const view = viewOfRecords([
      recordOf('1', 'tool_execution.terminal.command', { command: 'npm test', status: 'failed', exitCode: 1, durationMs: 40, output: 'no\u001b[0m' }),
      recordOf('2', 'event.editor.edited', { uri: 'file:///w/a.ts', diff: '--- a.ts\n+++ a.ts\n@@ -1,2 +1,2 @@\n same\n-old\n+new\n' }, 1, { subject: 'a.ts' }),
      recordOf('3', 'event.git.commit', {}, 2, { subject: 'Mend it' }),
      recordOf('4', 'event.editor.edited', null, 3),
    ]);
    const [command, edit, event] = blocksOf(view);
    assert.deepEqual(command, { type: 'tool', name: '$', summary: 'npm test', status: 'failed', exitCode: 1, durationMs: 40, output: { text: 'no' }, edits: [] });
    assert.deepEqual(edit, { type: 'edit', edits: [{ path: 'a.ts', added: 1, removed: 1, diff: { text: ' same\n-old\n+new' } }] });
    assert.deepEqual(event, { type: 'event', kind: 'git.commit', subject: 'Mend it' });
    assert.equal(view.outline().items, 4);
  });
});
