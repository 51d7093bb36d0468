import assert from 'node:assert/strict';
import { createGate } from '../../../client/connection/gate.ts';

describe('client: the gate to the server', () => {
  it('lets those through who wait, and those who come later', async () => {
    const gate = createGate();
    const waiting = gate.pass();
    gate.open();
    await waiting;
    await gate.pass();
  });

  it('turns everybody away once it is locked', async () => {
    const gate = createGate();
    const waiting = assert.rejects(gate.pass(), /gone/);
    gate.lock(new Error('gone'));
    await waiting;
    await assert.rejects(gate.pass(), /gone/);
  });

  it('makes people wait again after it was open or locked', async () => {
    for (const before of ['open', 'lock'] as const) {
      const gate = createGate();
      gate[before](new Error('gone'));
      gate.close();
      let passed = false;
      const waiting = gate.pass().then(() => (passed = true));
      await Promise.resolve();
      assert.ok(!passed);
      gate.close();
      gate.open();
      await waiting;
    }
  });

  it('leaves no rejection behind when nobody waits', async () => {
    createGate().lock(new Error('gone'));
    await new Promise((resolve) => setTimeout(resolve, 5));
  });
});
