import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commands } from '../../shared/contributions.ts';
import { daybook, recorded } from './inside.ts';

describe('what Daybook adds to VS Code', () => {
  it('has every command of its manifest', async () => {
    await daybook();
    const known = await vscode.commands.getCommands(true);
    assert.deepEqual(Object.values(commands).filter((id) => !known.includes(id)), []);
  });

  it('lets other extensions record', async () => {
    const { version, record } = await daybook();
    assert.equal(version, 2);
    const result = await record({ family: 'events', kind: 'test.note', subject: 'a note', data: { text: 'Tea is ready.' } });
    assert.equal(result.accepted, 1);
    const line = await recorded('dev.daybook.event.test.note', 'a note');
    assert.equal(line.record.data['text'], 'Tea is ready.');
  });

  it('says so when a record cannot be taken', async () => {
    const { record } = await daybook();
    const { accepted, rejected } = await record({ family: 'events', kind: 'Not A Kind', data: {} });
    assert.equal(accepted, 0);
    assert.equal(rejected.length, 1);
  });
});
