import assert from 'node:assert/strict';
import { baseName, filePath, location, uriText } from '../../../../server/importers/copilot-chat/uri.ts';

describe('copilot-chat: URIs', () => {
  it('writes them as VS Code does', () => {
    assert.equal(uriText({ $mid: 1, scheme: 'file', path: '/home/ada/a b(1).ts' }), 'file:///home/ada/a%20b%281%29.ts');
    assert.equal(uriText({ scheme: 'file', path: '/C:/Users/ada/x.ts' }), 'file:///c%3A/Users/ada/x.ts');
    assert.equal(
      uriText({ scheme: 'https', authority: 'Example.com', path: '/a', query: 'v=4', fragment: 'top' }),
      'https://example.com/a?v%3D4#top',
    );
    assert.equal(uriText({ scheme: 'vscode-remote', authority: 'ssh-remote+host', path: '/src' }), 'vscode-remote://ssh-remote%2Bhost/src');
    assert.equal(uriText({ scheme: 'untitled', path: 'Untitled-1' }), 'untitled:Untitled-1');
    assert.equal(uriText({ scheme: 'file', path: '/half of a pair \ud800' }), 'file:///half%20of%20a%20pair%20%EF%BF%BD');
    assert.equal(uriText('file:///kept%20as/it%20is'), 'file:///kept%20as/it%20is');
  });

  it('does not take other things for one', () => {
    for (const value of [undefined, null, 7, '', 'C:\\x', 'words: and more', {}, { scheme: 'file' }, { path: '/a' }, []]) {
      assert.equal(uriText(value), undefined, JSON.stringify(value));
    }
    assert.equal(location({ uri: 'no', range: {} }), undefined);
  });

  it('gives places their lines', () => {
    assert.deepEqual(
      location({ uri: { scheme: 'file', path: '/a' }, range: { startLineNumber: 2, endLineNumber: 5 } }),
      { uri: 'file:///a', range: { start: 2, end: 5 } },
    );
    assert.deepEqual(location({ uri: { scheme: 'file', path: '/a' }, range: { startLineNumber: 'x' } }), { uri: 'file:///a' });
  });

  it('gives paths for files of a machine only', () => {
    assert.equal(filePath('file:///home/ada/my%20shop'), '/home/ada/my shop');
    assert.equal(filePath('file:///c%3A/Users/ada'), 'c:/Users/ada');
    assert.equal(filePath('file://server/share/x'), '//server/share/x');
    assert.equal(filePath('file:///broken%zz'), undefined);
    assert.equal(filePath('vscode-remote://ssh-remote%2Bhost/src'), undefined);
    assert.equal(baseName('file:///a/login%20test.ts'), 'login test.ts');
    assert.equal(baseName('file:///a/%zz?x'), '%zz');
  });
});
