import assert from 'node:assert/strict';
import { outOfReach, questions } from '../../bench/quality/questions.ts';
import { answers, meanReciprocalRank, unknownNames } from '../../bench/quality/rank.ts';
import { folderForEachTest } from '../../support/folder.ts';

describe('the quality of search', function () {
  this.timeout(60_000);
  const at = folderForEachTest();

  it('is asked with questions that can be answered, each once', () => {
    assert.ok(questions.length >= 60);
    assert.deepEqual(unknownNames([...questions, ...outOfReach]), []);
    assert.equal(new Set(questions.map(({ asks }) => asks)).size, questions.length);
  });

  it('puts what is meant first, nearly always', async () => {
    const answered = await answers(at.path, questions, 600);
    const missed = answered.filter(({ rank }) => rank === 0).map(({ question }) => question.asks);
    assert.ok(meanReciprocalRank(answered) >= 0.95, `not found: ${missed.join(', ')}`);
  });

  it('does not reach what is misspelt, and answers it all the same', async () => {
    const answered = await answers(at.path, outOfReach, 0);
    assert.deepEqual(answered.filter(({ rank }) => rank > 0).map(({ question }) => question.asks), []);
  });
});
