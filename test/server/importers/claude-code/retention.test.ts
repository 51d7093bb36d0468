import assert from 'node:assert/strict';
import { claudeCode } from '../../../../server/importers/claude-code/index.ts';

describe('claude-code: what it deletes', () => {
  const of = (env: Record<string, string> = {}, platform: NodeJS.Platform = 'linux') =>
    claudeCode.retention?.({ platform, home: platform === 'win32' ? 'C:\\Users\\ada' : '/home/ada', env, vscodeUserDirectories: [] });

  it('is said by its settings, those of an organisation first', () => {
    assert.deepEqual(of()?.files, ['/etc/claude-code/managed-settings.json', '/home/ada/.claude/settings.json']);
    assert.equal(of({ CLAUDE_CONFIG_DIR: '/moved/' })?.files.at(-1), '/moved/settings.json');
    assert.equal(of({}, 'win32')?.files.at(-1), 'C:\\Users\\ada\\.claude\\settings.json');
    assert.equal(of()?.defaultDays, 30);
  });

  it('takes only a number of days', () => {
    const days = of()?.days;
    assert.equal(days?.('{"cleanupPeriodDays": 99999}'), 99_999);
    for (const text of ['', '{}', 'nonsense', '{"cleanupPeriodDays": 0}', '{"cleanupPeriodDays": "7"}', '[]', 'null']) assert.equal(days?.(text), undefined, text);
  });
});
