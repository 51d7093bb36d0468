import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commands } from '../../shared/contributions.ts';
import { journalOf } from '../support/journal.ts';
import { daybook, dataDirectory, openNew, recorded, typeLine } from './inside.ts';

describe('pausing', () => {
  before(daybook);

  // Whatever happens, the tests that follow need a Daybook that records.
  afterEach(() => vscode.commands.executeCommand(commands.resume));

  it('stops recording until it is resumed', async () => {
    await vscode.commands.executeCommand(commands.pause);
    const editor = await openNew('secret plan.md', '# Plan\n');
    await typeLine(editor, 'Nobody may know.');
    await editor.document.save();
    const [refused] = (await (await daybook()).record({ family: 'events', kind: 'test.paused', data: {} })).rejected;
    assert.equal(refused?.reason, 'Recording is paused.');

    await vscode.commands.executeCommand(commands.resume);
    await typeLine(editor, 'Everybody may know.');
    await editor.document.save();

    const { record } = await recorded('dev.daybook.event.editor.edited', 'secret plan.md');
    assert.match(String(record.data['diff']), /^\+Everybody may know\.$/m);
    assert.doesNotMatch(String(record.data['diff']), /^\+Nobody may know\.$/m);
    await recorded('dev.daybook.event.editor.saved', 'secret plan.md');
    const about = (await journalOf(dataDirectory())).filter((line) => line.record.subject === 'secret plan.md');
    // That the file has appeared may be told late; what was in it may not.
    const editing = about.map(({ record }) => record.type).filter((type) => type.includes('.editor.'));
    assert.deepEqual(editing.map((type) => type.split('.').at(-1)), ['edited', 'saved']);
  });
});
