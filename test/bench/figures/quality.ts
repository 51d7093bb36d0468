import { leastRow, type Figure } from '../figure.ts';
import { questions } from '../quality/questions.ts';
import { answers, meanReciprocalRank } from '../quality/rank.ts';

/** Records of other work among which the stories lie. */
const others = 20_000;

export const quality: Figure = {
  name: 'quality',
  isApart: true,
  async measure(bench) {
    const answered = await answers(bench.folder(), questions, others);
    for (const { question, rank } of answered) if (rank !== 1) bench.say(`  ${question.asks}: ${rank === 0 ? 'not among the first ten' : `place ${rank}`}`);
    return [leastRow(`search: mean reciprocal rank of ${questions.length} questions`, '', meanReciprocalRank(answered), 0.8)];
  },
};
