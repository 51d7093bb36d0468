import assert from 'node:assert/strict';
import { sessionTexts } from '../../../client/document/texts.ts';
import { t } from '../translate.ts';

describe('client: texts of the session document', () => {
  it('keep the places of their values, for the page fills them', () => {
    const texts = sessionTexts(t);
    assert.equal(texts.tokensInOut, '{0} tokens read, {1} written');
    for (const [name, text] of Object.entries<string>({ ...texts })) assert.ok(text !== '' && !text.includes('undefined'), name);
  });
});
