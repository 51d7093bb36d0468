import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Core } from '../../../server/core.ts';
import { createAttached } from '../../../server/export/attached.ts';
import type { ExportResult } from '../../../shared/exportResults.ts';
import { openCore } from '../../support/core.ts';
import { folderForEachTest } from '../../support/folder.ts';
import { png } from '../../support/pictures.ts';
import { untouched } from './untouched.ts';

const picture = png();
const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
const pdf = Buffer.from('%PDF-1.4\n%\xe2\xe3\n', 'latin1');
const note = Buffer.from('A <b>note</b>\n</pre></details><script>alert(2)</script>\n');
const nameOf = (content: Buffer, ending: string): string => `${createHash('sha256').update(content).digest('hex')}.${ending}`;

describe('attachments that go out', function () {
  this.timeout(20_000);
  const at = folderForEachTest();
  let core: Core;
  beforeEach(async () => {
    const file = join(at.path, '.claude/projects/-w/11111111-1111-4111-8111-111111111111.jsonl');
    const documents = [picture, svg, pdf, note, Buffer.from('\x7fELF', 'latin1')].map((content) =>
      ({ type: 'image', source: { type: 'base64', media_type: 'image/png', data: content.toString('base64') } }));
    const message = { role: 'user', content: [...documents, { type: 'text', text: 'Why?' }] };
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify({ type: 'user', uuid: 'u1', sessionId: '11111111-1111-4111-8111-111111111111', cwd: '/w', timestamp: '2026-10-20T10:00:00.000Z', message })}\n`);
    core = openCore(join(at.path, 'data'), at.path);
    await core.import({});
  });
  afterEach(() => core.close());

  const run = async (format: string, output: string): Promise<ExportResult> => (await core.exports()).run({ format, output: join(at.path, output) });

  it('are inside of a page: pictures drawn, text to unfold and escaped, everything else to be saved', async () => {
    await run('html', 'page.html');
    const page = readFileSync(join(at.path, 'page.html'), 'utf8');
    assert.match(page, /content="default-src 'none'; img-src data:; style-src 'sha256-/);
    assert.deepEqual(page.match(/<img [^>]*>/g), [`<img src="data:image/png;base64,${picture.toString('base64')}" alt="image/png, ${picture.length} bytes" tabindex="0">`]);
    assert.ok(page.includes(`<a href="data:application/pdf;base64,${pdf.toString('base64')}" download="${nameOf(pdf, 'pdf')}">`));
    assert.ok(page.includes('<pre>A &lt;b&gt;note&lt;/b&gt;\n&lt;/pre&gt;'));
    assert.ok(page.includes('<pre>&lt;svg xmlns='));
    assert.ok(!/<script>alert|data:image\/svg/.test(page));
    assert.ok(page.includes('image/png, 4 bytes, left out: of no kind that is kept'));
  });

  it('lie beside Markdown in a folder, each once', async () => {
    const { files } = await run('markdown', 'folder/');
    const names = [nameOf(picture, 'png'), nameOf(svg, 'svg'), nameOf(pdf, 'pdf'), nameOf(note, 'txt')];
    assert.deepEqual(readdirSync(join(at.path, 'folder/attachments')).sort(), [...names].sort());
    assert.deepEqual(readFileSync(join(at.path, 'folder/attachments', names[0] ?? '')), picture);
    const text = readFileSync(join(at.path, 'folder', files.find(({ name }) => name.endsWith('.md'))?.name ?? ''), 'utf8');
    assert.deepEqual(text.match(/!?\[[^\]]*\]\(attachments\/[^)]*\)/g), [
      `![image/png, ${picture.length} bytes](attachments/${names[0]})`, `[image/svg+xml, ${svg.length} bytes](attachments/${names[1]})`,
      `[application/pdf, ${pdf.length} bytes](attachments/${names[2]})`, `[text/plain, ${note.length} bytes](attachments/${names[3]})`,
    ]);
  });

  it('are words in one Markdown file, and where the file is gone', async () => {
    await run('markdown', 'one.md');
    assert.match(readFileSync(join(at.path, 'one.md'), 'utf8'), new RegExp(`> \\*image/png, ${picture.length} bytes\\*`));
    await (await core.exports()).run({ format: 'html', output: join(at.path, 'gone.html'), selection: { sessions: ['claude-code:11111111-1111-4111-8111-111111111111'] } });
    const none = createAttached(() => undefined, untouched, () => undefined);
    assert.equal(await none(nameOf(picture, 'png')), undefined);
  });

  it('go through the rules of today when they are text, and only by names that are names', async () => {
    const found: [string, number][] = [];
    const asked: string[] = [];
    const values: typeof untouched.values = (all) => Promise.resolve(all.map((value) => ({ value: (value as string).replace('note', '[redacted:x]') as typeof value, count: 1 })));
    const read = (name: string): Uint8Array => {
      asked.push(name);
      return note;
    };
    const attached = createAttached(read, { ...untouched, values }, (name, count) => found.push([name, count]));
    assert.match(Buffer.from(await attached(nameOf(note, 'txt')) ?? []).toString(), /^A <b>\[redacted:x\]/);
    assert.deepEqual(await attached(nameOf(picture, 'png')), note);
    for (const name of ['../../etc/passwd', `${nameOf(note, 'txt')}/..`, nameOf(note, 'exe'), '']) assert.equal(await attached(name), undefined);
    assert.deepEqual([found, asked], [[[nameOf(note, 'txt'), 1]], [nameOf(note, 'txt'), nameOf(picture, 'png')]]);
  });
});
