import assert from 'node:assert/strict';
import { createWorkspaces } from '../../../server/lsp/workspaces.ts';

function workspaces(...uris: string[]): ReturnType<typeof createWorkspaces> {
  const made = createWorkspaces();
  made.set(uris);
  return made;
}

describe('workspaces', () => {
  it('gives the path below the folder, for people', () => {
    assert.deepEqual(workspaces('file:///home/ada/site/').place('file:///home/ada/site/src/a%20b%23.ts'),
      { subject: 'src/a b#.ts', workspace: 'file:///home/ada/site' });
  });

  it('takes the innermost folder, and no folder whose name only begins alike', () => {
    const { place } = workspaces('file:///w', 'file:///w/inner');
    assert.equal(place('file:///w/inner/a').workspace, 'file:///w/inner');
    assert.equal(place('file:///w/innermost/a').workspace, 'file:///w');
    assert.equal(place('file:///wide/a').workspace, undefined);
  });

  it('gives the whole path outside of all folders, and what cannot be read as it is', () => {
    const { place } = workspaces('file:///w');
    assert.deepEqual(place('file:///tmp/a%20b'), { subject: '/tmp/a b' });
    assert.deepEqual(place('untitled:Untitled-1'), { subject: 'untitled:Untitled-1' });
    assert.deepEqual(place('file:///tmp/%zz'), { subject: 'file:///tmp/%zz' });
    assert.deepEqual(place('file:///w/100%'), { subject: '100%', workspace: 'file:///w' });
  });

  it('names the only folder, when there is one', () => {
    const folders = workspaces('file:///a');
    assert.equal(folders.only(), 'file:///a');
    folders.change(['file:///b/'], []);
    assert.equal(folders.only(), undefined);
    folders.change([], ['file:///a/']);
    assert.equal(folders.only(), 'file:///b');
    folders.change([], ['file:///b']);
    assert.equal(folders.only(), undefined);
  });
});
