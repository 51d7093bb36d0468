import assert from 'node:assert/strict';
import { clockIn } from '../../../server/export/clock.ts';
import { sessionMarkdown } from '../../../server/export/markdown.ts';
import type { DaybookRecord } from '../../../shared/record.ts';
import type { SessionDocument } from '../../../shared/results.ts';
import type { ChatMessage, Part } from '../../../shared/session.ts';

const time = (seconds: number): string => new Date(Date.UTC(2026, 10, 20, 10, 0, seconds)).toISOString();
const summary: SessionDocument['session'] = {
  id: 'tool:1', kind: 'chat', source: 'tool', title: 'Fix it', workspace: 'file:///home/ada/site', startedAt: time(0), endedAt: time(90),
  turns: 1, prompts: 1, replies: 1, toolExecutions: 2, usage: { outputTokens: 1_234 }, origin: '/home/ada/s.jsonl',
};

function message(parts: readonly Part[], more: Partial<ChatMessage> = {}): DaybookRecord {
  return { specversion: '1.0', id: 'x', source: 'tool', type: 'dev.daybook.chat.message', time: time(0), data: { role: 'assistant', parts, ...more } };
}

function event(kind: string, data: unknown, subject?: string): DaybookRecord {
  return { specversion: '1.0', id: 'x', source: 'lsp', type: `dev.daybook.event.${kind}`, time: time(5), data, ...(subject !== undefined && { subject }) };
}

const document = (records: readonly DaybookRecord[], more: Partial<SessionDocument['session']> = {}): string =>
  sessionMarkdown({ session: { ...summary, ...more }, turns: [{ index: 1, startedAt: time(0), endedAt: time(90), records }] }, clockIn('UTC'));
const body = (...records: DaybookRecord[]): string => document(records).split('## 1 · ')[1] ?? '';
const text = (content: string): Part => ({ type: 'text', content });
const hostile = '<script>x</script><img src=x>![i](https://x.y/z.png)</summary></details>\n# Title\u202e';

describe('session as Markdown', () => {
  it('says first what it is', () => {
    assert.equal(document([]).split('\n\n## ')[0], [
      '# Fix it', '', '- **Tool**: tool', '- **Workspace**: `/home/ada/site`', '- **Time**: 2026-11-20 10:00 to 2026-11-20 10:01 UTC',
      '- **Size**: 1 turn, 1 reply, 2 tool uses, 1,234 tokens written', '- **Read from**: `/home/ada/s.jsonl`',
    ].join('\n'));
  });

  it('reads like an article: what was asked, what was thought, done and said', () => {
    assert.equal(body(
      message([text('Why does it\nfail?')], { role: 'user' }),
      message([{ type: 'reasoning', content: 'Hm.' }, { type: 'tool_call', id: 'c', name: 'mcp__run_it', arguments: { command: 'npm test' } }]),
      message([{ type: 'tool_call_response', id: 'c', status: 'failed', exitCode: 1, durationMs: 2_500, response: 'no' }], { role: 'tool' }),
      message([text('Because.')]),
    ), [
      '2026-11-20 10:00 · 2 min', '> Why does it\n> fail?', '<details><summary>Thinking</summary>', 'Hm.', '</details>',
      '<details><summary>✗ mcp__run_it · npm test · failed · exit 1 · 2.5 s</summary>', '```json\n{\n  "command": "npm test"\n}\n```',
      '```\nno\n```', '</details>', 'Because.\n',
    ].join('\n\n'));
  });

  it('shows every other kind of part', () => {
    const shown = body(message([
      { type: 'uri', uri: 'file:///a%20b.ts', name: 'a b.ts', range: { start: 3, end: 4 } }, { type: 'uri', uri: 'command:evil', name: 'x' },
      { type: 'blob', mimeType: 'image/png', bytes: 2_000 }, { type: 'edit', uri: 'file:///a.ts' }, { type: 'notice', content: 'Slow.' },
      { type: 'unknown', nativeType: 'z', raw: 1 }, { type: 'tool_call', id: 'open', name: 'read' }, text(' '),
    ]));
    const expected = [
      '[a b.ts](file:///a%20b.ts#L3)', '`x`', '*image/png, 2,000 bytes*', 'Edited [/a.ts](file:///a.ts)', '*Slow.*', '"nativeType": "z"', '… read',
    ];
    for (const part of expected) assert.ok(shown.includes(part), part);
  });

  it('folds what the tool added, and says what was taken back', () => {
    assert.match(body(message([text('reminder')], { role: 'user', synthetic: true })), /<summary>Context added by the tool<\/summary>\n\nreminder/);
    assert.match(body(message([text('never mind')], { role: 'user', superseded: true })), /\*Taken back later\.\*\n\n> never mind/);
  });

  it('shows a coding session line by line', () => {
    const shown = document([
      event('editor.edited', { uri: 'file:///w/a.ts', linesAdded: 1, linesRemoved: 2, diff: '+x' }, 'a.ts'),
      { ...event('terminal.command', { command: 'ls `x`', exitCode: 2, durationMs: 61_000, output: 'out' }), type: 'dev.daybook.tool_execution.terminal.command' },
      event('editor.saved', {}, 'a.ts'),
    ], { kind: 'coding' });
    const expected = [
      '**10:00:05** Edited [a.ts](file:///w/a.ts) · +1 −2\n\n<details>', '```diff\n+x\n```', '**10:00:05** `` ls `x` `` · exit 2 · 1 min',
      '**10:00:05** editor.saved a.ts',
    ];
    for (const part of expected) assert.ok(shown.includes(part), shown);
  });

  it('cuts a long result, and says by how much', () => {
    assert.match(body(message([{ type: 'tool_call_response', id: 'c', status: 'succeeded', response: 'y'.repeat(30_000) }])), /y\n… 10000 more characters\n```/);
  });

  it('lets nothing foreign load, run, hide or break out, wherever it stands', () => {
    const status = hostile as 'unknown';
    const everywhere = [
      message([text(hostile), { type: 'reasoning', content: hostile }, { type: 'notice', content: hostile }, { type: 'blob', mimeType: hostile, bytes: 1 }]),
      message([{ type: 'tool_call', id: 'c', name: hostile, arguments: { command: hostile } }]),
      message([{ type: 'tool_call_response', id: 'c', status, response: hostile }], { role: 'tool' }),
      message([{ type: 'uri', uri: `https://x/${hostile}`, name: hostile }, { type: 'uri', uri: hostile }, { type: 'edit', uri: `file:///${hostile}` }]),
      message([text(`\`\`\`\n${hostile}\n\`\`\`\n${hostile}`)], { role: 'user' }), message([text('```')]),
      { ...message([]), type: 'dev.daybook.chat.unknown', data: { raw: hostile } },
    ];
    const coding = [
      event('editor.edited', { uri: hostile, linesAdded: hostile, diff: hostile }, hostile),
      event('terminal.command', { command: hostile, exitCode: hostile, output: hostile }),
      event('terminal.command', null), event('editor.edited', 5), event('x', {}, hostile),
    ];
    const more = { title: hostile, source: hostile, workspace: hostile, parent: hostile, origin: hostile };
    for (const whole of [document(everywhere, more), document(coding, { ...more, kind: 'coding' })]) {
      const outside = whole.replace(/^(?:> )?(`{3,})[^`\n]*\n[\s\S]*?\n(?:> )?\1$/gm, '').replace(/(`+)(?!`)[^\n]*?[^`\n]\1(?!`)/g, '');
      assert.doesNotMatch(outside, /<script|<img|(?<!\\)!\[|\u202e/);
      assert.doesNotMatch(outside, /^[> ]*# Title/m);
      assert.equal(outside.match(/<details>/g)?.length, outside.match(/<\/details>/g)?.length);
    }
  });
});
