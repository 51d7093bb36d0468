import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { createLatest } from '../../../client/search/latest.ts';

function setUp() {
  const asked: string[] = [];
  const answers: string[] = [];
  const failures: string[] = [];
  const pending = new Map<string, PromiseWithResolvers<string>>();
  const signals = new Map<string, AbortSignal>();
  const latest = createLatest<string, string>({
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
  it('is asked at once', () => {
    const { latest, asked } = setUp();
    latest.ask('l');
    assert.deepEqual(asked, ['l']);
  });

  it('waits for the one that is on its way, whose answer is dropped; those between are never asked', async () => {
    const { latest, asked, answers, pending, signals } = setUp();
    for (const value of ['l', 'lo', 'log', 'logi']) latest.ask(value);
    assert.deepEqual(asked, ['l']);
    assert.ok(signals.get('l')?.aborted);
    pending.get('l')?.resolve('L');
    await turn();
    assert.deepEqual([asked, answers], [['l', 'logi'], []]);
    pending.get('logi')?.resolve('LOGI');
    await turn();
    assert.deepEqual(answers, ['LOGI']);
  });

  it('is asked though the one before fails, and nobody hears of that failure', async () => {
    const { latest, asked, failures, pending } = setUp();
    latest.ask('old');
    latest.ask('new');
    pending.get('old')?.reject(new Error('cancelled'));
    await turn();
    assert.deepEqual([asked, failures], [['old', 'new'], []]);
  });

  it('says when it fails, and is asked no more once it is dropped', async () => {
    const { latest, asked, answers, failures, pending } = setUp();
    latest.ask('a');
    pending.get('a')?.reject(new Error('no'));
    await turn();
    assert.deepEqual(failures, ['Error: no']);
    latest.ask('b');
    latest.ask('c');
    latest.dispose();
    pending.get('b')?.resolve('B');
    await turn();
    assert.deepEqual([asked, answers], [['a', 'b'], []]);
    latest.ask('d');
    assert.deepEqual(asked, ['a', 'b', 'd']);
  });
});
