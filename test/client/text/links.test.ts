import assert from 'node:assert/strict';
import { authorText, linkLines } from '../../../client/text/links.ts';
import type { Link } from '../../../shared/links.ts';
import { t } from '../translate.ts';

const link = (more: Partial<Link>): Link => ({ id: 'r1', what: 'record', kind: 'editor.edited', time: '2026-11-20T10:00:00.000Z', label: 'src/cart.ts', because: 'same-content', ...more });

describe('client: who did it, in words', () => {
  it('says by whom, and what that is told from', () => {
    assert.equal(authorText(t, 'agent:claude-code', 'same-content'), 'By Claude Code: it wrote the same into this file');
    assert.equal(authorText(t, 'external', 'git'), 'By something outside the editor: git changed the file');
    assert.equal(authorText(t, 'unknown', 'at-once'), 'By you or a program: it was there at once, and no agent is known to have written it');
    assert.equal(authorText(t, 'user', 'typed'), 'By you');
    assert.equal(authorText(t, 'agent:acme', 'recorded'), 'By acme');
  });

  it('says what caused it and what it led to, each with its other end', () => {
    const call = link({ kind: 'message', label: 'Edit · cart.ts', session: 'claude-code:1' });
    const run = link({ id: 'r2', kind: 'test.run', label: '1 failed', because: 'since-last-run' });
    const session = link({ id: 'codex:2', what: 'session', kind: 'chat', label: 'Fix\nthe rounding' });
    const command = link({ id: 'r3', kind: 'terminal.command', label: 'npm test' });
    assert.deepEqual(linkLines(t, { actor: 'user', actorBecause: 'typed', causedBy: [call, session], ledTo: [run, command] }), [
      { text: 'By you' }, { text: 'Caused by Claude Code: Edit · cart.ts', link: call }, { text: 'Caused by the session Fix the rounding', link: session },
      { text: 'Led to the tests: 1 failed', link: run }, { text: 'Led to npm test', link: command },
    ]);
    assert.deepEqual(linkLines(t, {}), []);
  });

  it('is short, and shows what is nearest', () => {
    const links = Array.from({ length: 30 }, (_, at) => link({ id: `r${at}`, label: `${at}.ts` }));
    const lines = linkLines(t, { causedBy: links, ledTo: links }).map(({ text }) => text);
    assert.deepEqual([lines.length, lines[7], lines[8]], [16, 'Caused by the edit of 29.ts', 'Led to the edit of 0.ts']);
  });
});
