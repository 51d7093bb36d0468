import assert from 'node:assert/strict';
import { cases } from './fuzzing.ts';
import { createMutants } from './mutants.ts';

describe('fuzzing', () => {
  it('is a million cases in every run', () => {
    assert.ok(Object.values(cases).reduce((sum, each) => sum + each, 0) >= 1_000_000);
  });

  it('draws the same cases from the same seed, and nearly always others than what they are made from', () => {
    const draw = (seed: number): string[] => {
      const mutants = createMutants(seed);
      return Array.from({ length: 200 }, () => JSON.stringify(mutants.json({ a: [1, 'two'], b: { c: null } })) + mutants.text('some words'));
    };
    assert.deepEqual(draw(1), draw(1));
    assert.ok(new Set(draw(1)).size > 150);
    assert.notDeepEqual(draw(1), draw(2));
  });
});
