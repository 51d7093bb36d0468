import assert from 'node:assert/strict';
import { createChanges } from '../../../client/connection/changes.ts';

interface Typed {
  readonly document: string;
  readonly contentChanges: readonly string[];
  readonly version: number;
}

const long = 60_000;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('client: changes that are sent together', () => {
  const typed = (document: string, version: number): Typed => ({ document, version, contentChanges: [`${document}${version}`] });

  function open(quietMs: number, failing = false) {
    const sent: Typed[] = [];
    const troubles: unknown[] = [];
    const changes = createChanges<string, Typed>(quietMs, (error) => troubles.push(error));
    const send = (event: Typed): Promise<void> => {
      if (failing) return Promise.reject(new Error('closed'));
      sent.push(event);
      return Promise.resolve();
    };
    return { changes, sent, troubles, add: (event: Typed) => changes.add(event, send) };
  }

  it('come as one message with all of them in order, and the version of the last', async () => {
    const { changes, sent, add } = open(long);
    for (let version = 1; version <= 3; version++) await add(typed('a', version));
    assert.deepEqual(sent, []);
    await changes.flush();
    assert.deepEqual(sent, [{ document: 'a', version: 3, contentChanges: ['a1', 'a2', 'a3'] }]);
    await changes.flush();
    assert.equal(sent.length, 1);
  });

  it('wait for no more than their time', async () => {
    const { sent, add } = open(10);
    await add(typed('a', 1));
    await pause(40);
    await add(typed('a', 2));
    await pause(40);
    assert.deepEqual(sent.map(({ contentChanges }) => contentChanges), [['a1'], ['a2']]);
  });

  it('are kept apart by document, and one can be sent before the others', async () => {
    const { changes, sent, add } = open(long);
    await add(typed('a', 1));
    await add(typed('b', 1));
    await changes.flush('b');
    assert.deepEqual(sent.map(({ document }) => document), ['b']);
    await changes.flush();
    assert.deepEqual(sent.map(({ document }) => document), ['b', 'a']);
  });

  it('say what could not be sent', async () => {
    const { troubles, add } = open(5, true);
    await add(typed('a', 1));
    await pause(30);
    assert.equal(String(troubles[0]), 'Error: closed');
  });
});
