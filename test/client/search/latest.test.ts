import assert from 'node:assert/strict';
import { createLatest } from '../../../client/search/latest.ts';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function setUp() {
  const asked: string[] = [];
  const answers: string[] = [];
  const failures: string[] = [];
  const pending = new Map<string, PromiseWithResolvers<string>>();
  const signals = new Map<string, AbortSignal>();
  const latest = createLatest<string, string>({
    quietMs: 5,
    fetch: (question, signal) => {
      asked.push(question);
      signals.set(question, signal);
      const deferred = Promise.withResolvers<string>();
      pending.set(question, deferred);
      return deferred.promise;
    },
    answered: (answer) => void answers.push(answer),
    failed: (error) => void failures.push(String(error)),
  });
  return { latest, asked, answers, failures, pending, signals };
}

describe('client: the latest question', () => {
  it('is asked once typing rests', async () => {
    const { latest, asked } = setUp();
    for (const value of ['l', 'lo', 'log']) latest.ask(value);
    await pause(20);
    assert.deepEqual(asked, ['log']);
  });

  it('drops the answer and the failure of an earlier one, and tells it so', async () => {
    const { latest, answers, failures, pending, signals } = setUp();
    latest.ask('old');
    await pause(20);
    latest.ask('new');
    assert.ok(signals.get('old')?.aborted);
    await pause(20);
    pending.get('new')?.resolve('N');
    pending.get('old')?.resolve('O');
    await pause(5);
    assert.deepEqual([answers, failures], [['N'], []]);
  });

  it('says when it fails, and nothing after the end', async () => {
    const { latest, failures, pending } = setUp();
    latest.ask('a');
    await pause(20);
    pending.get('a')?.reject(new Error('no'));
    await pause(5);
    assert.deepEqual(failures, ['Error: no']);
    latest.ask('b');
    latest.dispose();
    await pause(20);
    assert.equal(pending.has('b'), false);
  });
});
