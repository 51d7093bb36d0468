import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import { filesWith } from '../support/journal.ts';
import { daybook, dataDirectory, openNew, recorded, typeLine } from './inside.ts';

describe('editing a file', () => {
  before(daybook);

  it('is in the journal of the day: what was typed as a diff, what was saved by its hash', async () => {
    const editor = await openNew('greeting.js', "export const greeting = 'Hello';\n");
    await typeLine(editor, "export const farewell = 'Goodbye';");
    await editor.document.save();

    const edited = await recorded('dev.daybook.event.editor.edited', 'greeting.js');
    assert.match(String(edited.record.data['diff']), /^\+export const farewell = 'Goodbye';$/m);
    assert.equal(edited.record.data['linesAdded'], 1);
    assert.equal(edited.file, `journal/events/${edited.record.time.slice(0, 10)}.jsonl`);

    const saved = await recorded('dev.daybook.event.editor.saved', 'greeting.js');
    const { sha256 } = saved.record.data;
    assert.equal(sha256, createHash('sha256').update(editor.document.getText()).digest('hex'));
    assert.equal(saved.record.workspace, vscode.workspace.workspaceFolders?.[0]?.uri.toString());
    assert.equal(saved.record.sessionid, edited.record.sessionid);
  });

  it('leaves only the fact of it where the file holds secrets', async () => {
    const secret = ['correct', 'horse', 'battery'].join('-');
    const editor = await openNew('.env', `GREETING=${secret}\n`);
    await typeLine(editor, `FAREWELL=${secret}`);
    await editor.document.save();

    const saved = await recorded('dev.daybook.event.editor.saved', '.env');
    assert.equal(saved.record.data['ignored'], 'ignored-by-rule');
    assert.equal((await recorded('dev.daybook.event.editor.edited', '.env')).record.data['diffOmitted'], 'ignored-by-rule');
    assert.deepEqual(await filesWith(dataDirectory(), secret), []);
  });
});
