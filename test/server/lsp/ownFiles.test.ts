import assert from 'node:assert/strict';
import { createOwnFiles } from '../../../server/lsp/ownFiles.ts';

describe('createOwnFiles', () => {
  const isOwn = createOwnFiles('/home/ada/.local/share/daybook', ['/home/ada/.config/Code/User']);
  const files: [string, boolean][] = [
    ['file:///home/ada/.local/share/daybook/journal/events/2026-11-20.jsonl', true],
    ['file:///home/ada/.local/share/daybook-notes/a.md', false],
    ['file:///home/ada/.config/Code/User/chatLanguageModels.json', true],
    ['file:///home/ada/.config/Code/User/settings.json', false],
    ['file:///home/ada/.config/Code/User/snippets/go.json', false],
    ['file:///home/ada/work/User/settings.ts', false],
  ];
  for (const [uri, own] of files) it(`takes ${uri} for ${own ? 'its own' : "somebody's work"}`, () => assert.equal(isOwn(uri), own));
});
