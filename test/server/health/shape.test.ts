import assert from 'node:assert/strict';
import fc from 'fast-check';
import { shapeOf } from '../../../server/health/shape.ts';

describe('the shape of a value', () => {
  it('has the keys of all examples, and the types of what they hold', () => {
    const shape = shapeOf([{ a: 1, b: 'x', c: [1, 'y'] }, { a: null, c: [] }]);
    assert.equal(shape, '{\n  a: null | number\n  b?: string\n  c: [ number | string ]\n}');
  });

  it('names no key that may be data', () => {
    assert.equal(shapeOf([{ '/home/ada': 1, 'a@b.org': 2, 'one two': 3, good_key: true }]), '{\n  <key>: number\n  good_key: boolean\n}');
    assert.equal(shapeOf([{ '3f2a': 1, a1b2c3d4: 2 }]), '{\n  <key>: number\n}');
  });

  it('ends in the depth and in the width', () => {
    let deep: unknown = 'x';
    for (let depth = 0; depth < 1_000; depth++) deep = { deeper: deep };
    assert.ok(shapeOf([deep]).split('\n').length < 30);
    const wide = Object.fromEntries(Array.from({ length: 500 }, (_none, at) => [`key${String.fromCharCode(97 + (at % 26))}${'x'.repeat(at % 30)}`, 1]));
    assert.match(shapeOf([wide]), /… \d+ more keys/);
  });

  it('holds nothing of what a value says, whatever it is', () => {
    const words = fc.string({ minLength: 6, unit: fc.constantFrom('ä', 'ß', '7', '!', ' ', '/') });
    fc.assert(fc.property(fc.array(words), fc.dictionary(words, words), (texts, data) => {
      const shape = shapeOf([{ texts, data, text: texts.join(' ') }]);
      for (const said of [...texts, ...Object.keys(data), ...Object.values(data)]) assert.ok(!shape.includes(said) || said.trim() === '', said);
    }));
  });
});
