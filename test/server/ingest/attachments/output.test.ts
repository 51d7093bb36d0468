import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Core } from '../../../../server/core.ts';
import type { FullOutput } from '../../../../shared/fullOutput.ts';
import type { ShortRecord, TerminalCommand } from '../../../../shared/record.ts';
import { folderForEachTest } from '../../../support/folder.ts';
import { traces } from '../../../support/search.ts';
import { daybook } from '../../cli/running.ts';
import { noRules, openWith } from '../../redacting/older.ts';

const secret = ['gh', 'p_', 'a1B2c3D4e5F6g7H8i9J0'.repeat(2).slice(0, 36)].join('');
const pack = (text: string): string => gzipSync(text).toString('base64');

describe('all output of a command', function () {
  this.timeout(20_000);
  const at = folderForEachTest();
  let core: Core;
  const data = (): string => join(at.path, 'data');
  const files = (): string[] => (existsSync(join(data(), 'attachments')) ? readdirSync(join(data(), 'attachments'), { recursive: true, encoding: 'utf8' }) : [])
    .filter((path) => path.endsWith('.txt'));
  beforeEach(() => void (core = openWith(undefined, at.path)));
  afterEach(() => core.close());

  const command = (id: string, fullOutput: unknown): ShortRecord => ({
    id, family: 'tool_executions', kind: 'terminal.command', time: '2026-11-20T10:00:00.000Z', subject: 'build', session: 'coding:1',
    data: { command: 'build', status: 'succeeded', startedAt: '2026-11-20T09:59:00.000Z', durationMs: 60_000, output: 'first\n…\nlast', outputOmitted: 9, fullOutput },
  });
  const kept = (id: string): FullOutput | undefined => (core.show(id)?.record.data as TerminalCommand).fullOutput as FullOutput | undefined;
  async function record(id: string, fullOutput: unknown): Promise<void> {
    assert.deepEqual((await core.record([command(id, fullOutput)], 'vscode')).rejected, []);
  }
  async function output(id: string): Promise<string> {
    const { out, err } = await daybook(['show', id, '--output'], { folder: at.path });
    assert.equal(err, '');
    return out;
  }

  it('is a file of plain text, and the record refers to it', async () => {
    await record('c', { first: [pack('\u001b[32mone\u001b[0m\r\n'), pack('čaj 🙂\r\n10 %\r100 %\r\n')], last: [], omitted: 0 });
    const full = kept('c');
    assert.deepEqual({ ...full, sha256: '', attachment: '' }, { type: 'blob', mimeType: 'text/plain', bytes: 19, sha256: '', attachment: '' });
    assert.equal(full?.attachment, `${full?.sha256 ?? ''}.txt`);
    assert.equal(await output('c'), 'one\nčaj 🙂\n100 %\n');
    assert.deepEqual(JSON.parse((await daybook(['show', 'c', '--output', '--json'], { folder: at.path })).out), { output: 'one\nčaj 🙂\n100 %' });
    assert.match((await daybook(['show', 'c'], { folder: at.path })).out, /\n\nAll that it printed: daybook show c --output\n$/);
  });

  it('says what was left out of the middle, and no half of a line or a control sequence', async () => {
    await record('c', { first: [pack('one\ntwo\n\u001b[3')], last: [pack('2mrest\nthree\n')], omitted: 1_000 });
    assert.equal(kept('c')?.omitted, 1_000);
    assert.equal(await output('c'), 'one\ntwo\n…\nthree\n');
  });

  it('has no secret, not even one that was packed in two, nor has anything else', async () => {
    const text = `before ${secret} after\n`;
    await record('c', { first: [pack(text.slice(0, 20)), pack(text.slice(20))], last: [], omitted: 0 });
    assert.equal(await output('c'), 'before [redacted:github-token] after\n');
    assert.equal(core.show('c')?.record.redactions, 1);
    assert.deepEqual(traces(data(), secret), []);
  });

  it('is never written as it came in, and is text whatever it begins with', async () => {
    const packed = pack(`%PDF-1.7\n${'words of a document\n'.repeat(50)}`);
    await record('c', { first: [packed], last: [], omitted: 0 });
    assert.equal(kept('c')?.mimeType, 'text/plain');
    assert.deepEqual(traces(data(), packed.slice(0, 60)), []);
  });

  it('that is damaged, or nothing, leaves the record as it is', async () => {
    await record('damaged', { first: [pack('text').slice(0, 12)], last: [], omitted: 0 });
    await record('empty', { first: [pack('\u001b[0m\r\n')], last: [], omitted: 0 });
    assert.deepEqual([kept('damaged'), kept('empty')], [{ type: 'blob', mimeType: 'text/plain', bytes: 0, leftOut: 'kind' }, undefined]);
    assert.equal(await output('damaged'), 'first\n…\nlast\n');
    const { rejected } = await core.record([command('wrong', { first: 'text', last: [], omitted: 0 })], 'vscode');
    assert.deepEqual(rejected, [{ line: 1, reason: 'data.fullOutput must be packed output, or refer to an attachment.' }]);
    assert.deepEqual(files(), []);
  });

  it('is one file for two commands that print the same, and goes with the last of them', async () => {
    const packed = { first: [pack('the same\n')], last: [], omitted: 0 };
    await record('one', packed);
    await record('two', packed);
    assert.equal((await core.record([command('two', packed)], 'vscode')).duplicates, 1);
    assert.equal(files().length, 1);
    await core.forget({ ids: ['one'] });
    assert.equal(files().length, 1);
    await core.forget({ ids: ['two'] });
    assert.deepEqual(files(), []);
  });

  it('is redacted under the rules of a later day', async () => {
    await core.close();
    core = openWith(noRules, at.path);
    await record('c', { first: [pack(`before ${secret} after\n`)], last: [], omitted: 0 });
    await core.close();
    core = openWith(undefined, at.path);
    assert.deepEqual((await core.redact({})).attachments, { redacted: 1, removed: 0 });
    assert.equal(await output('c'), 'before [redacted:github-token] after\n');
    assert.deepEqual(traces(data(), secret), []);
  });

  it('stands below its command in the session, and in its Markdown', async () => {
    await record('c', { first: [pack('one\n')], last: [], omitted: 0 });
    const { id = '' } = core.sessions({ limit: 1 }).sessions[0] ?? {};
    const blocks = core.pages.items(id, 0, 10)?.items.flatMap((item) => item.blocks) ?? [];
    assert.deepEqual(blocks.map(({ type }) => type), ['tool', 'attachment']);
    assert.deepEqual({ ...blocks[1], name: '' }, { type: 'attachment', mimeType: 'text/plain', bytes: 3, name: '', isOutput: true });
    assert.match(core.sessionMarkdown(id)?.markdown ?? '', /All output: \*text\/plain, 3 bytes\*/);
  });
});
