/** A line longer than any string can be costs no more memory than one that is kept may have, measured in a process of its own. */

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { appendFileSync, readFileSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { zstdCompressSync } from 'node:zlib';
import { folderForEachTest } from '../../support/folder.ts';
import { fixtures } from './contract/home.ts';

const reader = join(import.meta.dirname, 'contract/longLine.ts');
const longLine = 700_000_000;
const most = 300;

describe('a line of 700 MB', function () {
  this.timeout(60_000);
  const at = folderForEachTest();

  async function read(path: string, source: string): Promise<{ readonly codes: readonly string[]; readonly records: number; readonly megabytes: number }> {
    utimesSync(path, 1_780_000_000, 1_780_000_000);
    const { stdout } = await promisify(execFile)(process.execPath, [reader, path, source]);
    return JSON.parse(stdout) as Awaited<ReturnType<typeof read>>;
  }

  it('is passed over, and what comes before and behind it is read', async () => {
    const text = readFileSync(join(fixtures, 'claude-code/inline-sidechain.jsonl'), 'utf8');
    const path = join(at.path, 'session.jsonl');
    writeFileSync(path, text);
    const { records } = await read(path, 'claude-code');
    truncateSync(path, Buffer.byteLength(text) + longLine);
    appendFileSync(path, `\n${text.replaceAll('"uuid":"', '"uuid":"again-')}`);
    const { codes, records: more, megabytes } = await read(path, 'claude-code');
    assert.deepEqual(codes, ['line-too-long']);
    assert.ok(more > records, `${more} of more than ${records} records`);
    assert.ok(megabytes < most, `${megabytes} MB`);
  });

  it('is passed over in a compressed file too', async () => {
    const text = readFileSync(join(fixtures, 'codex/sessions/2026/03/02/rollout-2026-03-02T10-00-00-019cadc6-9a80-7a01-8b01-0000000000a1.jsonl'));
    const path = join(at.path, 'rollout-2026-03-02T10-00-00-019cadc6-9a80-7a01-8b01-0000000000a1.jsonl.zst');
    writeFileSync(path, text);
    const { records } = await read(path, 'codex');
    const zeros = zstdCompressSync(Buffer.alloc(100_000_000));
    writeFileSync(path, Buffer.concat([zstdCompressSync(text), ...Array.from({ length: 7 }, () => zeros), zstdCompressSync(Buffer.from('\n'))]));
    const { codes, records: same, megabytes } = await read(path, 'codex');
    assert.deepEqual([codes, same], [['line-too-long'], records]);
    assert.ok(megabytes < most, `${megabytes} MB`);
  });
});
