import assert from 'node:assert/strict';
import { kindOf, movedData, movedSubject, parseReflog } from '../../../client/capture/reflog.ts';

const none = '0'.repeat(40);
const a = 'a'.repeat(40);
const b = 'b'.repeat(40);
const line = (words: string, from = a, to = b): string => `${from} ${to} Ada Byron <ada@example.org> 1763632800 +0100\t${words}\n`;
const kind = (...args: Parameters<typeof line>): string | undefined => parseReflog(line(...args)).map(kindOf)[0];

describe('client: the diary of HEAD', () => {
  it('says what git did', () => {
    assert.equal(kind('commit: Round prices'), 'git.commit');
    assert.equal(kind('commit (initial): Begin', none, a), 'git.commit');
    assert.equal(kind('commit (amend): Round prices well'), 'git.commit');
    assert.equal(kind('commit (merge): Merge branch prices'), 'git.merge');
    assert.equal(kind('merge prices: Fast-forward'), 'git.merge');
    assert.equal(kind('pull: Fast-forward'), 'git.merge');
    assert.equal(kind('pull --rebase origin main (finish): returning to refs/heads/main'), 'git.rebase');
    assert.equal(kind('rebase (finish): returning to refs/heads/prices'), 'git.rebase');
    assert.equal(kind('checkout: moving from main to prices', a, a), 'git.checkout');
    assert.equal(kind('reset: moving to HEAD~1'), 'git.reset');
    assert.equal(kind('something new: whatever'), 'git.moved');
  });

  it('has no kind for the steps of a rebase and for what moved nothing', () => {
    assert.equal(kind('rebase (pick): Round prices'), undefined);
    assert.equal(kind('rebase (start): checkout main'), undefined);
    assert.equal(kind('reset: moving to HEAD', a, a), undefined);
    assert.equal(kind('clone: from https://example.org/shop.git', none, a), undefined);
  });

  it('has hash, author and message; the first commit has none before it', () => {
    const [move] = parseReflog(line('commit (initial): Begin: a shop', none, a));
    assert.ok(move);
    assert.deepEqual(movedData('file:///shop', move), {
      repository: 'file:///shop', operation: 'commit (initial)', hash: a, message: 'Begin: a shop', author: 'Ada Byron', at: '2025-11-20T10:00:00.000Z',
    });
    assert.equal(movedSubject(move), 'Begin: a shop');
  });

  it('says from which branch to which', () => {
    const [move] = parseReflog(line('checkout: moving from main to prices'));
    assert.ok(move);
    const { from, to, message } = movedData('file:///shop', move);
    assert.deepEqual([from, to, message], ['main', 'prices', undefined]);
    assert.equal(movedSubject(move), 'main → prices');
  });

  it('leaves out what is no whole line', () => {
    assert.deepEqual(parseReflog(`half a line\n${line('commit: Whole')}${a} ${b} Ada`).map(({ message }) => message), ['Whole']);
  });
});
