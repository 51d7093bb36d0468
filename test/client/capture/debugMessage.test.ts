import assert from 'node:assert/strict';
import { exceptionOf, exitCodeOf } from '../../../client/capture/debugMessage.ts';

describe('client: what a debugger says', () => {
  it('is read for the exit code of the program', () => {
    assert.equal(exitCodeOf({ type: 'event', event: 'exited', body: { exitCode: 3 } }), 3);
    assert.equal(exitCodeOf({ type: 'event', event: 'exited' }), undefined);
    assert.equal(exitCodeOf({ type: 'response', event: 'exited', body: { exitCode: 3 } }), undefined);
  });

  it('is read for exceptions, and for no other stop', () => {
    const stopped = (body: object): unknown => exceptionOf({ type: 'event', event: 'stopped', body });
    assert.deepEqual(stopped({ reason: 'exception', description: 'Paused on exception', text: 'Error: no tea' }), {
      description: 'Paused on exception', text: 'Error: no tea',
    });
    assert.equal(stopped({ reason: 'breakpoint', text: 'x = 1' }), undefined);
    assert.deepEqual(stopped({ reason: 'exception', text: 'x'.repeat(9_000) }), { text: 'x'.repeat(2_000) });
  });

  it('is not read where values are', () => {
    assert.equal(exceptionOf({ type: 'response', command: 'variables', body: { variables: [{ name: 'tea', value: 'Assam' }] } }), undefined);
    assert.equal(exceptionOf(undefined), undefined);
  });
});
