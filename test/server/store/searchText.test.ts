import assert from 'node:assert/strict';
import { searchText } from '../../../server/store/searchText.ts';
import { typeOf } from '../../../shared/record.ts';
import type { DaybookRecord } from '../../../shared/record.ts';

const record = (source: string, kind: string, data: unknown): DaybookRecord => {
  const type = typeOf(kind === 'terminal.command' ? 'tool_executions' : 'events', kind);
  return { specversion: '1.0', id: 'r1', source, type, time: '2026-11-20T09:00:00.000Z', subject: 'src/app.ts', data };
};

describe('what a record is found by', () => {
  it('is what was written, not how the editor calls it', () => {
    const edited = { uri: 'file:///ws/src/app.ts', languageId: 'typescript', startedAt: '2026-11-20T09:00:00.000Z', diff: '+const a = 1;' };
    assert.equal(searchText(record('lsp', 'editor.edited', edited)), 'src/app.ts\n+const a = 1;');
    const ran = { command: 'npm test', status: 'failed', cwd: '/ws', shell: 'bash', terminal: 'bash', output: '1 failing' };
    assert.equal(searchText(record('vscode', 'terminal.command', ran)), 'src/app.ts\nnpm test\n1 failing');
  });

  it('is everything where somebody else says what the fields mean', () => {
    assert.equal(searchText(record('cli', 'editor.saved', { uri: 'a', status: 'b' })), 'src/app.ts\na\nb');
  });
});
