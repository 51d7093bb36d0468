import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commands } from '../../shared/contributions.ts';
import { journalLine, journalOf } from '../support/journal.ts';
import { daybook, dataDirectory, openNew, typeLine } from './inside.ts';

describe('what a person allows to be recorded in a folder', () => {
  before(daybook);

  after(() => vscode.commands.executeCommand(commands.chooseConsent, 'full'));

  it('is kept in the user settings and holds for editing and for what other extensions record', async () => {
    await vscode.commands.executeCommand(commands.chooseConsent, 'metadata');
    const [open] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(open);
    const kept = vscode.workspace.getConfiguration('daybook').inspect<Record<string, string>>('consent')?.globalValue;
    assert.equal(kept?.[open.uri.toString()], 'metadata');

    const editor = await openNew('merger with acme.md', '# Merger\n');
    await typeLine(editor, 'Nobody may know the price.');
    await editor.document.save();
    await journalLine(dataDirectory(), ({ type, subject }) => type === 'dev.daybook.event.editor.saved' && subject === '*.md');
    await (await daybook()).record({ family: 'events', kind: 'test.consent', subject: 'acme', data: { price: 'acme' } });

    const lines = (await journalOf(dataDirectory())).map(({ record }) => record);
    const edited = lines.find(({ type, subject }) => type === 'dev.daybook.event.editor.edited' && subject === '*.md');
    assert.equal(edited?.data['linesAdded'], 1);
    assert.equal((edited as { consent?: string } | undefined)?.consent, 'metadata');
    assert.deepEqual(lines.find(({ type }) => type === 'dev.daybook.event.test.consent')?.data, {});
    assert.doesNotMatch(JSON.stringify(lines), /acme|Nobody may know the price/);
  });

  it('is nothing at off', async () => {
    await vscode.commands.executeCommand(commands.chooseConsent, 'off');
    const { rejected } = await (await daybook()).record({ family: 'events', kind: 'test.consent.off', data: {} });
    assert.match(rejected[0]?.reason ?? '', /daybook\.consent/);
  });
});
