import assert from 'node:assert/strict';
import { largestPage, largestPicture, withPictures, type AttachmentFile } from '../../../client/attachments/pictures.ts';
import { withoutRemoteContent } from '../../../client/panels/markdown.ts';

const name = (digit: string, ending: string): string => `${digit.repeat(64)}.${ending}`;
const bytes = Buffer.from('picture');
const data = `data:image/png;base64,${bytes.toString('base64')}`;

describe('client: pictures of a session in the preview', () => {
  let asked: string[];
  beforeEach(() => {
    asked = [];
  });

  const find = (size = bytes.length) => (wanted: string): Promise<AttachmentFile | undefined> => {
    asked.push(wanted);
    return Promise.resolve(wanted.startsWith('f') ? undefined : { uri: `file:///d/${wanted}`, bytes: size, read: () => Promise.resolve(Buffer.alloc(size, bytes)) });
  };
  const shown = (markdown: string, size?: number): Promise<string> => withPictures(withoutRemoteContent(markdown), find(size), 'no longer there');

  it('are inside of the page, and lead to the whole one', async () => {
    const file = name('a', 'png');
    assert.equal(await shown(`> ![image/png, 7 bytes](attachment:${file})\n>\n> Why?`), `> [![image/png, 7 bytes](${data})](file:///d/${file})\n>\n> Why?`);
    assert.equal(await shown(`![x](attachment:${file})\n\n![x](attachment:${file})`), [0, 0].map(() => `[![x](${data})](file:///d/${file})`).join('\n\n'));
    assert.deepEqual(asked, [file, file]);
  });

  it('are links where they are too large or no pictures, and words where they are gone', async () => {
    assert.equal(await shown(`![x](attachment:${name('a', 'png')})`, largestPicture + 1), `[x](file:///d/${name('a', 'png')})`);
    for (const ending of ['svg', 'pdf', 'txt']) assert.equal(await shown(`[x](attachment:${name('a', ending)})`), `[x](file:///d/${name('a', ending)})`);
    assert.equal(await shown(`![x](attachment:${name('f', 'png')})`), 'x (no longer there)');
    const many = Array.from({ length: 16 }, (_, digit) => `![x](attachment:${digit.toString(16).padStart(64, '0')}.png)`).join('\n');
    const page = await shown(many, largestPicture);
    assert.ok(page.length < largestPage * 1.5 && /\]\(data:/.test(page) && /^\[x\]\(file:/m.test(page));
  });

  it('come from lines of the server alone, and from no other address', async () => {
    for (const text of [
      `said ![x](attachment:${name('a', 'png')})`, `![x](attachment:${name('a', 'png')}) more`, '![x](attachment:../../etc/passwd)', `![x](attachment:${name('A', 'png')})`,
      '![x](https://e.example/p.png)', '![x](file:///etc/passwd)',
    ]) assert.equal(await shown(text), withoutRemoteContent(text));
    assert.deepEqual(asked, []);
    assert.equal(await shown(`![x](attachment:${name('a', 'exe')})`), `[x](file:///d/${name('a', 'exe')})`);
  });
});
