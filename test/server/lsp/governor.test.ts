import assert from 'node:assert/strict';
import fc from 'fast-check';
import { judge, type Sample } from '../../../server/lsp/governor.ts';

const none = { cpuPercent: 0, memoryMegabytes: 0, diskGigabytes: 0 };
const sample = fc.record({
  elapsedMs: fc.double({ min: 0, max: 60_000, noNaN: true }), cpuMs: fc.double({ min: 0, max: 60_000, noNaN: true }), residentBytes: fc.nat(4e9),
});
const budget = fc.record({ cpuPercent: fc.integer({ min: 1, max: 400 }), memoryMegabytes: fc.integer({ min: 1, max: 4_000 }), diskGigabytes: fc.constant(0) });
const debt = fc.double({ min: -500, max: 20_000, noNaN: true });
const still: Sample = { elapsedMs: 0, cpuMs: 0, residentBytes: 0 };

describe('the governor of work in the background', () => {
  it('never lets it rest without limits', () => {
    fc.assert(fc.property(debt, sample, (before, each) => {
      assert.equal(judge(before, each, none).restMs, 0);
    }));
  });

  it('rests a second at most, says why whenever it rests, and only then', () => {
    fc.assert(fc.property(debt, sample, budget, (before, each, limits) => {
      const { restMs, over } = judge(before, each, limits);
      assert.ok(restMs >= 0 && restMs <= 1_000, String(restMs));
      assert.equal(over !== undefined, restMs > 0);
    }));
  });

  it('rests no less for more processor time or memory, and no longer under wider limits', () => {
    fc.assert(fc.property(debt, sample, budget, fc.nat(5_000), fc.nat(1e9), (before, each, limits, moreMs, moreBytes) => {
      const { restMs } = judge(before, each, limits);
      assert.ok(judge(before, { ...each, cpuMs: each.cpuMs + moreMs }, limits).restMs >= restMs);
      assert.ok(judge(before, { ...each, residentBytes: each.residentBytes + moreBytes }, limits).restMs >= restMs);
      const wider = { ...limits, cpuPercent: limits.cpuPercent + 50, memoryMegabytes: limits.memoryMegabytes + 500 };
      assert.ok(judge(before, each, wider).restMs <= restMs);
    }));
  });

  it('keeps the share of the processor under its limit in the long run, whatever the pieces of work', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 20, maxLength: 200 }), fc.integer({ min: 5, max: 300 }), (pieces, cpuPercent) => {
      const limits = { ...none, cpuPercent };
      let [elapsed, used, debtMs] = [0, 0, 0];
      const go = (elapsedMs: number, cpuMs: number): number => {
        elapsed += elapsedMs;
        used += cpuMs;
        const verdict = judge(debtMs, { ...still, elapsedMs, cpuMs }, limits);
        ({ debtMs } = verdict);
        return verdict.restMs;
      };
      for (const piece of pieces) {
        for (let rest = go(piece, piece), rests = 0; rest > 0; rest = go(rest, 0)) assert.ok(rests++ < 30);
      }
      // What was spared before, and what is too little for a rest, may come on top.
      assert.ok(used <= (elapsed + 505) * (cpuPercent / 100) + 1e-6, `${used} of ${elapsed} ms at ${cpuPercent} %`);
    }));
  });

  it('names memory where both are over, and rests no longer for a debt that others made', () => {
    assert.equal(judge(0, { elapsedMs: 10, cpuMs: 500, residentBytes: 2e6 }, { cpuPercent: 50, memoryMegabytes: 1, diskGigabytes: 0 }).over, 'memory');
    assert.equal(judge(0, { elapsedMs: 0, cpuMs: 1e9, residentBytes: 0 }, { ...none, cpuPercent: 1 }).debtMs, 20_000);
  });
});
