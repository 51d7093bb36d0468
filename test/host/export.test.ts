import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import type { ExportResult } from '../../shared/exportResults.ts';
import { dataDirectory, daybook, openNew, recorded, typeLine } from './inside.ts';

describe('Export', () => {
  before(daybook);

  it('writes what a keybinding or another extension asks for, without a question', async () => {
    const editor = await openNew('exported.js', "export const first = 1;\n");
    await typeLine(editor, 'export const second = 2;');
    await editor.document.save();
    await recorded('dev.daybook.event.editor.saved', 'exported.js');

    const output = join(dirname(dataDirectory()), 'exported.jsonl');
    const result = await vscode.commands.executeCommand<ExportResult>('daybook.export', { format: 'jsonl', output, selection: { families: ['events'] } });
    const lines = (await readFile(output, 'utf8')).trimEnd().split('\n');
    assert.equal(lines.length, result.items);
    assert.ok(lines.some((line) => line.includes('export const second = 2;')));
    await rm(output);
  });
});
