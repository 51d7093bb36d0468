import assert from 'node:assert/strict';
import { hitLine, passageOf } from '../../../client/search/hit.ts';
import { matchEnd, matchStart } from '../../../shared/results.ts';
import type { SearchHit } from '../../../shared/results.ts';
import { t } from '../translate.ts';

const now = new Date('2026-11-20T14:00:00.000Z');
const hit = (snippet: string): SearchHit => {
  const where = { family: 'chats', kind: 'message', sessionId: null } as const;
  return { id: 'r1', time: '2026-11-20T12:00:00.000Z', source: 'claude-code', ...where, snippet, score: 1 };
};

describe('client: a hit of the search', () => {
  it('is the passage without marks, with age and tool', () => {
    const line = hitLine(t, hit(`…fix the ${matchStart}login${matchEnd} test…`), now);
    assert.deepEqual(line, { label: '…fix the login test…', description: '2 h ago · Claude Code', icon: 'sparkle' });
  });

  it('of a long passage shows where it matches', () => {
    const { label } = hitLine(t, hit(`${'before '.repeat(9)}the ${matchStart}login${matchEnd} test ${'after '.repeat(9)}`), now);
    assert.match(label, /^…(?:before )?before the login test after .*…$/);
    assert.ok(label.length <= 60);
    assert.equal(hitLine(t, hit(`${matchStart}login${matchEnd} test`), now).label, 'login test');
  });

  it('of the editor says what was done, and leaves out the head of a diff', () => {
    const snippet = `src/${matchStart}basket${matchEnd}.js --- src/basket.js +++ src/basket.js @@ -1,3 +1,4 @@ export`;
    const line = hitLine(t, { ...hit(snippet), source: 'lsp', kind: 'editor.edited' }, now);
    assert.deepEqual(line, { label: 'src/basket.js export', description: '2 h ago · Edited', icon: 'edit' });
  });

  it('draws no icons of its own', () => {
    assert.doesNotMatch(hitLine(t, hit('a $(error) b'), now).label, /\$\(/);
    assert.equal(hitLine(t, hit(`${matchStart}\u202e${matchEnd}`), now).label, '(no text)');
  });

  it('is looked for in the session without its edges', () => {
    assert.equal(passageOf(`… fix ${matchStart}x${matchEnd}... y …`), 'fix x... y');
  });
});
