import assert from 'node:assert/strict';
import { deletions, type MortalFile } from '../../../server/health/retention.ts';

const dayMs = 86_400_000;
const now = Date.UTC(2026, 10, 20);

function file(daysAgo: number, sessions: readonly string[], more: Partial<MortalFile> = {}): MortalFile {
  return { path: `/${sessions.join()}`, changedAt: now - daysAgo * dayMs, isThere: true, isRead: true, sessions, ...more };
}

describe('what a tool deletes', () => {
  const counts = (files: readonly MortalFile[], kept: readonly string[]) => {
    const { expired, soon, unread } = deletions(files, 30, new Set(kept), now);
    return [expired, soon, unread.map(({ path }) => path)];
  };

  it('counts only what Daybook has', () => {
    assert.deepEqual(counts([file(40, ['a']), file(41, ['b'])], ['a']), [1, 0, []]);
    assert.deepEqual(counts([file(25, ['a'])], []), [0, 0, []]);
  });

  it('takes of a session in several files the latest change', () => {
    assert.deepEqual(counts([file(40, ['a']), file(25, ['a'])], ['a']), [0, 1, []]);
    assert.deepEqual(counts([file(40, ['a']), file(1, ['a', 'b'])], ['a', 'b']), [0, 0, []]);
  });

  it('calls nothing imminent that is gone already', () => {
    assert.deepEqual(counts([file(25, ['a'], { isThere: false })], ['a']), [0, 0, []]);
  });

  it('names what is not read and may go any day, the next one first', () => {
    const unread = { isRead: false };
    const files = [file(24, ['soon'], unread), file(35, ['any day'], unread), file(1, ['new'], unread), file(35, ['gone'], { ...unread, isThere: false })];
    assert.deepEqual(counts(files, [])[2], ['/any day', '/soon']);
  });
});
