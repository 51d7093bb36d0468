import assert from 'node:assert/strict';
import { hasLine, recordLine } from '../../../client/views/todayText.ts';
import { typeOf } from '../../../shared/record.ts';
import type { DaybookRecord, Family } from '../../../shared/record.ts';
import { t } from '../translate.ts';

function record(family: Family, kind: string, data: unknown, fields: Partial<DaybookRecord> = {}): DaybookRecord {
  return { specversion: '1.0', id: 'r1', source: 'lsp', type: typeOf(family, kind), time: '2026-11-20T09:00:00.000Z', data, ...fields };
}

const label = (...args: Parameters<typeof record>): string => recordLine(t, record(...args)).label;
const opens = (...args: Parameters<typeof record>): unknown => recordLine(t, record(...args)).opens;
const uri = 'file:///ws/src/app.ts';

describe('client: lines of today', () => {
  it('say what happened to a file', () => {
    assert.equal(label('events', 'editor.saved', { uri }, { subject: 'src/app.ts' }), 'Saved src/app.ts');
    assert.equal(label('events', 'editor.edited', { uri, linesAdded: 12, linesRemoved: 3 }, { subject: 'src/app.ts' }), 'Edited src/app.ts · +12 −3');
    assert.equal(label('events', 'editor.edited', { uri }), 'Edited app.ts');
  });

  it('say what could not be seen, and what nobody knows', () => {
    assert.equal(label('events', 'source.gap', { code: 'x', message: 'Commands of sh are not recorded.' }), 'Not seen: Commands of sh are not recorded.');
    assert.equal(label('chats', 'unknown', { nativeType: 'hologram', raw: {} }), 'Kept as it is: hologram');
  });

  it('say how a command ended', () => {
    const data = { command: 'npm test', exitCode: 1, status: 'failed', durationMs: 3240 };
    assert.equal(label('tool_executions', 'terminal.command', data), 'npm test · exit 1 · 3.2 s');
    assert.equal(label('tool_executions', 'terminal.command', { ...data, exitCode: 0 }), 'npm test · 3.2 s');
  });

  it('say who said what', () => {
    const parts = [{ type: 'text', content: 'fix the\nlogin test' }];
    assert.equal(label('chats', 'message', { role: 'user', parts }), 'Asked: fix the login test');
    assert.equal(label('chats', 'message', { role: 'assistant', parts }), 'Answered: fix the login test');
    assert.equal(label('chats', 'message', { role: 'user', synthetic: true, parts }), 'Message: fix the login test');
    assert.equal(label('chats', 'message', { role: 'assistant', parts: [{ type: 'tool_call', name: 'Bash' }] }), 'Used Bash');
  });

  it('say what a tool was used for, and that it failed', () => {
    const used = (name: string, input: unknown): string =>
      label('chats', 'message', { role: 'assistant', parts: [{ type: 'tool_call', name, arguments: input }] });
    assert.equal(used('Bash', { command: 'npm test', description: 'Run the tests' }), 'Used Bash · npm test');
    assert.equal(used('Edit', { file_path: '/home/ada/shop/src/basket.js' }), 'Used Edit · basket.js');
    assert.equal(used('Bash', 'npm test'), 'Used Bash');
    const gaveBack = (part: object): string => label('chats', 'message', { role: 'tool', parts: [{ type: 'tool_call_response', ...part }] });
    assert.equal(gaveBack({ status: 'failed', exitCode: 3 }), 'A tool failed · exit 3');
    assert.equal(gaveBack({ status: 'failed', response: 'No such file' }), 'A tool failed: No such file');
    assert.equal(gaveBack({ status: 'denied' }), 'A tool was not allowed');
  });

  it('leave out what another line says already', () => {
    const has = (...parts: object[]): boolean => hasLine(record('chats', 'message', { parts }));
    assert.ok(!has({ type: 'tool_call_response', status: 'succeeded' }));
    assert.ok(!has({ type: 'reasoning', content: 'Hm.' }));
    assert.ok(has({ type: 'tool_call_response', status: 'failed' }));
    assert.ok(has({ type: 'reasoning', content: 'Hm.' }, { type: 'text', content: 'Yes.' }));
    assert.ok(has());
    assert.ok(!hasLine(record('chats', 'session', { title: 'Login' })));
    assert.ok(hasLine(record('events', 'editor.saved', { uri })));
  });

  it('show words without the marks of Markdown', () => {
    assert.equal(label('chats', 'message', { role: 'assistant', parts: [{ type: 'text', content: 'Use `total` **now**' }] }), 'Answered: Use total now');
  });

  it('take every payload, and every kind', () => {
    for (const data of [null, 'text', 7, [], { parts: 'x' }, { parts: [null, 3, { type: 'text' }] }]) {
      for (const kind of ['message', 'session', 'editor.saved', 'terminal.command', 'constructor', 'toString']) {
        assert.equal(typeof label('chats', kind, data), 'string');
      }
    }
    assert.equal(label('workflows', 'release.step', {}, { subject: 'publish' }), 'release.step publish');
    assert.equal(recordLine(t, { ...record('events', 'x', {}), type: 'com.example.thing' }).label, 'com.example.thing');
  });

  it('open the file, the session or the record', () => {
    assert.deepEqual(opens('events', 'editor.saved', { uri }), { what: 'file', uri });
    assert.deepEqual(opens('chats', 'message', {}, { sessionid: 's1' }), { what: 'session', id: 's1' });
    assert.deepEqual(opens('tool_executions', 'terminal.command', {}, { sessionid: 's1' }), { what: 'record', id: 'r1' });
    assert.deepEqual(opens('events', 'file.deleted', { uri }), { what: 'record', id: 'r1' });
  });

  it('never open anything but a file, whatever the record says', () => {
    assert.deepEqual(opens('events', 'editor.saved', { uri: 'command:workbench.action.quit' }), { what: 'record', id: 'r1' });
    assert.deepEqual(opens('events', 'editor.saved', { uri: 'https://example.com' }), { what: 'record', id: 'r1' });
  });
});
