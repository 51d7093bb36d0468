import assert from 'node:assert/strict';

import { workspaceUri } from '../../../../server/importers/claude-code/workspace.ts';

describe('Claude Code: the workspace of a working directory', () => {
  it('is a file URI on every system', () => {
    assert.equal(workspaceUri('/home/ada/my site#1'), 'file:///home/ada/my%20site%231');
    assert.equal(workspaceUri('C:\\Users\\ada\\my site'), 'file:///C:/Users/ada/my%20site');
    assert.equal(workspaceUri('c:/site'), 'file:///c:/site');
    assert.equal(workspaceUri('\\\\server\\share\\site'), 'file://server/share/site');
  });

  it('is absent for what is no absolute path', () => {
    for (const cwd of ['', 'site', './site', 'C:', '\\\\', '\\\\a:b\\x', '[trimmed]']) assert.equal(workspaceUri(cwd), undefined, cwd);
  });
});
