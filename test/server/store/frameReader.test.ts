import assert from 'node:assert/strict';
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openFrameReader, type FramePlace } from '../../../server/store/frameReader.ts';
import { compress } from '../../../server/store/frames.ts';
import { openJournal, type Journal } from '../../../server/store/journal.ts';
import { folderForAll } from '../../support/folder.ts';

const path = 'day.jsonl';
const frameBytes = 1 << 20;

describe('frames that are read', function () {
  this.timeout(60_000);
  const folder = folderForAll();
  const frames: FramePlace[] = [];
  let journal: Journal;
  let reads = 0;
  before(() => {
    const file = join(folder.path, `${path}.zst`);
    writeFileSync(file, '');
    let start = 0;
    for (let number = 0; number < 8; number++) {
      const frame = compress(Buffer.alloc(frameBytes, `line ${number}\n`));
      appendFileSync(file, frame);
      frames.push({ path, start, length: frame.length, bytes: frameBytes });
      start += frame.length;
    }
    const real = openJournal(folder.path);
    journal = {
      ...real,
      read(...place) {
        reads++;
        return real.read(...place);
      },
    };
  });
  beforeEach(() => (reads = 0));

  const one = (at: number): FramePlace => frames[at] ?? assert.fail();

  it('stay for a while', () => {
    const reader = openFrameReader(journal);
    assert.equal(reader.read(one(3)).toString('utf8', 0, 7), 'line 3\n');
    assert.equal(reader.read(one(3)).length, frameBytes);
    assert.equal(reads, 1);
  });

  it('are given up for others, but not the parts of them that were wanted', () => {
    const reader = openFrameReader(journal);
    const parts = frames.map((frame) => reader.part(frame, 7, 21).toString());
    assert.deepEqual(parts, frames.map((_, at) => `line ${at}\n`.repeat(2)));
    assert.equal(reads, frames.length);
    assert.deepEqual(frames.map((frame) => reader.part(frame, 7, 21).toString()), parts);
    assert.equal(reads, frames.length, 'all parts are still there');
    reader.part(one(0), 0, 7);
    assert.equal(reads, frames.length + 1, 'the first frame is not');
  });

  it('are forgotten when nothing is to be kept', () => {
    const reader = openFrameReader(journal);
    reader.part(one(1), 0, 7);
    reader.rest();
    assert.equal(reader.part(one(1), 0, 7).toString(), 'line 1\n');
    assert.equal(reads, 2);
  });

  it('have no lines where they are damaged, cut off or gone', () => {
    const reader = openFrameReader(journal);
    const { start, length } = one(2);
    assert.equal(reader.read({ path, start: start + 1, length, bytes: frameBytes }).length, 0);
    assert.equal(reader.part({ path, start, length: length * 100, bytes: frameBytes }, 0, 7).length, 0);
    assert.equal(reader.part({ path: 'never.jsonl', start, length, bytes: frameBytes }, 0, 7).length, 0);
  });
});
