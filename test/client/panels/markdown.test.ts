import assert from 'node:assert/strict';
import { fragmentNear, withoutRemoteContent } from '../../../client/panels/markdown.ts';

const unseen = '\u200b';

describe('client: Markdown of a session in the preview', () => {
  it('shows images and tags as text, wherever they stand', () => {
    assert.equal(withoutRemoteContent('![x](https://e.example/p.png)'), `!${unseen}[x](https://e.example/p.png)`);
    for (const tag of ['<img src=x>', '</div>', '<!-- x -->', '<?x', '<SCRIPT>', '<details ontoggle=x>', '<summary/x>']) {
      assert.equal(withoutRemoteContent(tag), `<${unseen}${tag.slice(1)}`);
    }
    assert.equal(withoutRemoteContent('```\n<img>\n```'), `\`\`\`\n<${unseen}img>\n\`\`\``);
  });

  it('still folds and reads as before', () => {
    const text = '<details><summary>Bash</summary>\n\n1 < 2 && a <- b!\n\n</details>';
    assert.equal(withoutRemoteContent(text), text);
  });
});

describe('client: a place in a session', () => {
  const markdown = '# Title\n\n## Turn 1\n\nfix the  login test\n\n```\n# not a heading\n```\n\n## Turn 2: why?\n\ndone\n\n## Turn 1\n\nagain';

  it('is the heading above the passage, named as the preview names it', () => {
    assert.equal(fragmentNear(markdown, 'the login\ttest'), 'turn-1');
    assert.equal(fragmentNear(markdown, 'done'), 'turn-2-why');
    assert.equal(fragmentNear(markdown, 'again'), 'turn-1-1');
    assert.equal(fragmentNear(markdown, '# not a'), 'turn-1');
  });

  it('is found over line breaks and behind what the export escapes', () => {
    assert.equal(fragmentNear('## 1 · 2026-11-20 09:00\n\nif a &lt; b &amp;&amp; c\nthen !\\[d]', 'a < b && c then ![d'), '1--2026-11-20-0900');
  });

  it('is not there where nothing is found', () => {
    assert.equal(fragmentNear(markdown, 'elsewhere'), undefined);
    assert.equal(fragmentNear('text', 'text'), undefined);
    assert.equal(fragmentNear(markdown, '  '), undefined);
  });
});
