import assert from 'node:assert/strict';
import { progSnapEvent, type ProgSnapRow } from '../../../server/export/progSnapEvent.ts';
import type { DaybookRecord } from '../../../shared/record.ts';

function eventOf(type: string, data: unknown, more: Partial<DaybookRecord> = {}): ProgSnapRow {
  return progSnapEvent({ specversion: '1.0', id: 'r1', source: 'lsp', type: `dev.daybook.${type}`, time: '2026-11-20T10:00:00.000Z', data, ...more }, 7, 'ada');
}

const always = { EventID: 'r1', Order: 7, SubjectID: 'ada', ToolInstances: 'lsp', CodeStateID: '0', ClientTimestamp: '2026-11-20T10:00:00.000', ClientTimezone: '+0000' };

describe('events of ProgSnap2', () => {
  it('have its own types for what happens to files, with what these require', () => {
    const uri = 'file:///app/a.ts';
    assert.deepEqual(eventOf('event.editor.edited', { uri, diff: '@@' }, { subject: 'a.ts', actor: 'user', sessionid: 's', workspace: 'file:///app' }), {
      ...always, EventType: 'File.Edit', CodeStateSection: 'a.ts', EditType: 'GenericEdit', 'X-Text': '@@', EventInitiator: 'UserDirectAction', SessionID: 's', ProjectID: 'file:///app',
    });
    assert.deepEqual(eventOf('event.file.renamed', { oldUri: 'file:///app/b.ts', uri }), { ...always, EventType: 'File.Rename', CodeStateSection: 'file:///app/b.ts', DestinationCodeStateSection: uri });
    for (const [kind, type] of [['editor.opened', 'Open'], ['editor.saved', 'Save'], ['editor.closed', 'Close'], ['file.created', 'Create'], ['file.deleted', 'Delete']] as const) {
      assert.deepEqual(eventOf(`event.${kind}`, { uri }, { actor: 'agent:x' }), { ...always, EventType: `File.${type}`, CodeStateSection: uri, EventInitiator: 'ToolReaction' });
    }
  });

  it('have a type of their own for everything else, without what was said', () => {
    assert.deepEqual(eventOf('tool_execution.terminal.command', { command: 'make', exitCode: 2, output: 'private' }), { ...always, EventType: 'X-tool_execution.terminal.command', 'X-Text': 'make', 'X-ExitCode': 2 });
    assert.deepEqual(eventOf('chat.message', { role: 'user', parts: [{ type: 'text', content: 'private' }] }), { ...always, EventType: 'X-chat.message' });
    assert.deepEqual(eventOf('event.editor.saved', null), { ...always, EventType: 'X-event.editor.saved' }, 'a file event without a file');
  });
});
