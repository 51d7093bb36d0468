import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('the extension inside VS Code', () => {
  it('is there and activates', async () => {
    const extension = vscode.extensions.getExtension('daybook.daybook');
    assert.ok(extension, 'VS Code does not know daybook.daybook');
    await extension.activate();
    assert.equal(extension.isActive, true);
  });
});
