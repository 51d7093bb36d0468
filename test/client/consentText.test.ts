import assert from 'node:assert/strict';
import { consentLine, consentWords } from '../../client/consentText.ts';
import { consentLevels } from '../../shared/consentLevel.ts';
import { t } from './translate.ts';

describe('client: the words of consent', () => {
  it('are there for each level, the most first', () => {
    assert.deepEqual(consentWords(t).map(({ level }) => level), [...consentLevels].reverse());
  });

  it('say in the status bar what is recorded here, and when trust is why', () => {
    assert.equal(consentLine(t, 'full', true), 'Recorded here: Everything');
    assert.match(consentLine(t, 'metadata', false), /Only that something happened, as long as the folder is not trusted/);
  });
});
