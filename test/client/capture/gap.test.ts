import assert from 'node:assert/strict';
import { gapRecord } from '../../../client/capture/gap.ts';

describe('client: the record of a terminal without shell integration', () => {
  it('says which one, and what would help', () => {
    const { data, ...envelope } = gapRecord({ id: 'x', terminal: 'build', shell: 'dash' });
    assert.deepEqual(envelope, { id: 'x', family: 'events', kind: 'source.gap', subject: 'build' });
    assert.deepEqual([data.code, data.terminal, data.shell], ['no-shell-integration', 'build', 'dash']);
    assert.match(data.message, /^Commands of the terminal build \(dash\) are not recorded: it has no shell integration\. Turn on /);
  });

  it('names a terminal that is called like its shell once', () => {
    assert.match(gapRecord({ id: 'x', terminal: 'sh', shell: 'sh' }).data.message, /terminal sh are/);
    assert.deepEqual(Object.keys(gapRecord({ id: 'x', terminal: 'sh', shell: undefined }).data), ['code', 'message', 'terminal']);
  });
});
