import assert from 'node:assert/strict';
import { geminiCli } from '../../../../server/importers/gemini-cli/index.ts';

describe('gemini-cli: what it deletes', () => {
  const of = (env: Record<string, string> = {}) => geminiCli.retention?.({ platform: 'linux', home: '/home/ada', env, vscodeUserDirectories: [] });
  const says = (sessionRetention: unknown): number | 'never' | undefined => of()?.days(JSON.stringify({ general: { sessionRetention } }));

  it('is said by its settings', () => {
    assert.deepEqual(of()?.files, ['/home/ada/.gemini/settings.json']);
    assert.deepEqual(of({ GEMINI_CLI_HOME: '/moved' })?.files, ['/moved/.gemini/settings.json']);
  });

  it('is a period, or off', () => {
    assert.deepEqual(['7d', '24h', '1w', '2m'].map((maxAge) => says({ enabled: true, maxAge })), [7, 1, 7, 60]);
    assert.equal(says({ enabled: false, maxAge: '7d' }), 'never');
    for (const maxAge of ['', '0d', '7', 'd', 7, null]) assert.equal(says({ maxAge }), undefined, String(maxAge));
    for (const text of ['', '{}', 'nonsense', '{"general":[]}']) assert.equal(of()?.days(text), undefined, text);
  });
});
