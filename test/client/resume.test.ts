import assert from 'node:assert/strict';
import { resumeCommand } from '../../client/resume.ts';

describe('client: resuming a session', () => {
  const id = '0190a1b2-0000-4000-8000-1234567890ab';

  it('is a command of the tool that had it', () => {
    assert.equal(resumeCommand({ id: `claude-code:${id}`, source: 'claude-code' }), `claude --resume ${id}`);
    assert.equal(resumeCommand({ id: `codex:${id}`, source: 'codex' }), `codex resume ${id}`);
  });

  it('is none for a tool that cannot, a subagent, and an id that a shell would understand', () => {
    assert.equal(resumeCommand({ id: `aider:${id}`, source: 'aider' }), undefined);
    assert.equal(resumeCommand({ id: `claude-code:${id}`, source: 'claude-code', relation: 'subagent' }), undefined);
    for (const own of ['a; rm -rf ~', '$(touch x)', '--help-me-please', 'a'.repeat(200), 'short', `${id}\nls`]) {
      assert.equal(resumeCommand({ id: `codex:${own}`, source: 'codex' }), undefined, own);
    }
  });
});
