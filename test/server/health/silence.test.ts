import assert from 'node:assert/strict';
import { createSilence, patienceMs } from '../../../server/health/silence.ts';
import { sessionsWithoutFile, type SourceFileState } from '../../../server/health/sourceFiles.ts';
import type { FileStamp } from '../../../server/importers/sourceBytes.ts';

const start = Date.UTC(2026, 10, 20, 10);
const stamp = (size: number, mtimeMs = start): FileStamp => ({ size, mtimeMs, inode: 1 });

function file(now: SourceFileState['now'], more: Partial<SourceFileState> = {}): SourceFileState {
  return { path: '/a', source: 'notes', sessions: ['notes:a'], offset: 100, stamp: stamp(100), now, ...more };
}

describe('silence', () => {
  it('begins two minutes after a change that nobody read', () => {
    const grown = file(stamp(200, start + 60_000));
    for (const [after, expected] of [[patienceMs, false], [patienceMs + 1, true]] as const) {
      const now = start + 60_000 + after;
      assert.equal(createSilence().from([grown], now)(grown), expected, String(after));
    }
  });

  it('is not outrun by a file that grows all the time', () => {
    const silence = createSilence();
    const growing = (now: number): SourceFileState => file(stamp(200 + now - start, now));
    for (const now of [start, start + patienceMs]) assert.equal(silence.from([growing(now)], now)(growing(now)), false);
    const late = start + patienceMs + 1;
    assert.equal(silence.from([growing(late)], late)(growing(late)), true);
  });

  it('begins anew when something of the file was read', () => {
    const silence = createSilence();
    silence.from([file(stamp(300, start))], start);
    const read = file(stamp(400, start + patienceMs), { offset: 300, stamp: stamp(300) });
    assert.equal(silence.from([read], start + patienceMs + 1)(read), false);
  });

  it('is never that of a file that is as it was read, gone, hidden or empty', () => {
    const late = start + 10 * patienceMs;
    for (const now of [stamp(100), 'gone', 'hidden', stamp(0, start + 1)] as const) {
      assert.equal(createSilence().from([file(now)], late)(file(now)), false, JSON.stringify(now));
    }
  });
});

describe('sessions without a file', () => {
  it('are those of which no file is left', () => {
    const files = [
      file('gone', { sessions: ['a', 'b'] }), file(stamp(1), { path: '/b', sessions: ['b'] }), file('hidden', { path: '/c', sessions: ['c'] }),
    ];
    assert.deepEqual([...sessionsWithoutFile(files)], ['a']);
  });
});
