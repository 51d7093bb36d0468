import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { amp } from '../../../../server/importers/amp/index.ts';
import { claimedSamples, fixture, samples } from '../importing.ts';

const format = (head: string): string | undefined => amp.recognise({ path: '/x/s.json', head })?.format;

describe('Amp: recognition and roots', () => {
  it('knows a thread by its keys, also when it is cut', () => {
    const thread = fixture('amp/T-0197a2b3-1111-4222-8333-444455556666.json');
    assert.deepEqual(amp.recognise({ path: '/x/s.json', head: thread }), { format: 'amp-thread-json', unit: 'document' });
    assert.equal(format(thread.slice(0, 300)), 'amp-thread-json');
    const others = [
      '', '[]', '{"id":"T-1"}', '{"id":"T-1","created":1}', '{"id":"T-1","created":1,"messages":{}}', '{"id":"x","created":1,"messages":[]}',
      '{"id":1,"created":1,"messages":[]}', '[{"id":"T-1","created":1,"messages":[]}]', '{"x":{"id":"T-1","created":1,"messages":[]}}',
    ];
    for (const head of others) assert.equal(format(head), undefined, head);
  });

  it('looks at threads only', () => {
    const machine = { platform: 'linux', home: '/home/ada', env: {}, vscodeUserDirectories: ['/srv/User'] } as const;
    const paths = amp.roots(machine).map(({ path }) => path);
    assert.equal(paths[0], '/home/ada/.local/share/amp/threads');
    assert.ok(paths.includes('/home/ada/.config/Code/User/globalStorage/sourcegraph.amp/threads3'));
    assert.ok(paths.includes('/srv/User/globalStorage/sourcegraph.amp/threads3'));
    const [root] = amp.roots(machine);
    assert.ok(root?.mayHold('T-1.json'));
    assert.ok(!root?.mayHold('history.json') && !root?.mayHold('x/T-1.json') && !root?.mayHold('T-1.json.tmp') && !root?.mayEnter?.('x'));
    const moved = amp.roots({ ...machine, platform: 'win32', home: 'C:\\Users\\ada', env: { XDG_DATA_HOME: 'D:\\data' } });
    assert.deepEqual(moved.slice(0, 2).map(({ path }) => path), ['D:\\data\\amp\\threads', 'C:\\Users\\ada\\.local\\share\\amp\\threads']);
  });

  it('claims no sample of another tool', function () {
    if (!existsSync(samples)) return this.skip(); // Published recordings, kept beside the checkout on some machines only; none is of Amp.
    assert.deepEqual(claimedSamples(amp), []);
  });
});
