/**
 * Reads the regular expressions of a person's own rules: those of JavaScript without look-around and back references, which no automaton can
 * follow in linear time.
 */

import { anyCase, digits, inverted, notLineEnds, spaces, wordUnits, type Charset } from './charset.ts';

export type Edge = 'start' | 'end' | 'word' | 'notWord';

export type Expression =
  | { readonly type: 'set'; readonly set: Charset }
  | { readonly type: 'edge'; readonly edge: Edge }
  | { readonly type: 'sequence'; readonly parts: readonly Expression[] }
  | { readonly type: 'choice'; readonly parts: readonly Expression[] }
  | { readonly type: 'repeat'; readonly part: Expression; readonly min: number; readonly max: number };

/** Why an expression cannot be used: words that go on with “the pattern …”. */
export class PatternError extends Error {
  override readonly name = 'PatternError';
}

const mostRepeats = 1_000;
const deepest = 50;
const classes: Readonly<Record<string, Charset>> = { d: digits, w: wordUnits, s: spaces, D: inverted(digits), W: inverted(wordUnits), S: inverted(spaces) };
const controls: Readonly<Record<string, number>> = { t: 9, n: 10, v: 11, f: 12, r: 13, 0: 0 };

/** @throws PatternError */
export function parsePattern(source: string, ignoreCase: boolean): Expression {
  let at = 0;
  const peek = (text: string): boolean => source.startsWith(text, at);
  const take = (text: string): boolean => {
    if (!peek(text)) return false;
    at += text.length;
    return true;
  };
  const set = (given: Charset): Expression => ({ type: 'set', set: ignoreCase ? anyCase(given) : given });

  function choice(depth: number): Expression {
    if (depth > deepest) throw new PatternError('is nested too deeply');
    const parts = [sequence(depth)];
    while (take('|')) parts.push(sequence(depth));
    return parts.length === 1 && parts[0] ? parts[0] : { type: 'choice', parts };
  }

  function sequence(depth: number): Expression {
    const parts: Expression[] = [];
    while (at < source.length && !peek('|') && !peek(')')) parts.push(quantified(atom(depth)));
    return { type: 'sequence', parts };
  }

  function quantified(part: Expression): Expression {
    const [whole, sign, from, comma, to] = /^(?:([*+?])|\{(\d{1,6})(,)?(\d{1,6})?\})\??/.exec(source.slice(at, at + 20)) ?? [];
    if (whole === undefined) return part;
    at += whole.length;
    if (part.type === 'edge') throw new PatternError('repeats something that has no length');
    const min = sign === undefined ? Number(from) : sign === '+' ? 1 : 0;
    const max = sign === undefined ? (to !== undefined ? Number(to) : comma === undefined ? min : Infinity) : sign === '?' ? 1 : Infinity;
    if (min > max || min > mostRepeats || (max !== Infinity && max > mostRepeats)) throw new PatternError(`repeats something more than ${mostRepeats} times, or fewer than no times`);
    if (/^[*+?{]/.test(source.slice(at, at + 1))) throw new PatternError('repeats a repetition');
    return { type: 'repeat', part, min, max };
  }

  function atom(depth: number): Expression {
    if (take('(')) return group(depth);
    if (take('[')) return set(bracket());
    if (take('^')) return { type: 'edge', edge: 'start' };
    if (take('$')) return { type: 'edge', edge: 'end' };
    if (take('.')) return { type: 'set', set: notLineEnds };
    if (take('\\b')) return { type: 'edge', edge: 'word' };
    if (take('\\B')) return { type: 'edge', edge: 'notWord' };
    if (take('\\')) return set(escape());
    if (/^[*+?]/.test(source.slice(at, at + 1))) throw new PatternError('repeats nothing');
    return set(unit());
  }

  function group(depth: number): Expression {
    if (/^\?(?:<?[=!])/.test(source.slice(at, at + 3))) throw new PatternError('looks around with (?= (?! (?<= or (?<!, which rules of your own cannot');
    if (peek('?') && !/^\?(?::|<[A-Za-z]\w*>)/.test(source.slice(at, at + 60))) throw new PatternError('has a group of a kind that rules of your own cannot have');
    at += /^\?(?::|<[A-Za-z]\w*>)/.exec(source.slice(at, at + 60))?.[0].length ?? 0;
    const inner = choice(depth + 1);
    if (!take(')')) throw new PatternError('has a group that is not closed');
    return inner;
  }

  function unit(): Charset {
    const code = source.charCodeAt(at++);
    return [[code, code]];
  }

  /** After the backslash. */
  function escape(): Charset {
    const letter = source.charAt(at++);
    const known = classes[letter];
    if (known) return known;
    const control = controls[letter];
    if (control !== undefined) return [[control, control]];
    const digitsOf = letter === 'x' ? 2 : letter === 'u' ? 4 : 0;
    if (digitsOf > 0) {
      const hex = source.slice(at, at + digitsOf);
      if (!/^[0-9a-f]+$/i.test(hex) || hex.length < digitsOf) throw new PatternError('has an escape that is not finished');
      at += digitsOf;
      return [[Number.parseInt(hex, 16), Number.parseInt(hex, 16)]];
    }
    if (letter === '' || /[A-Za-z1-9]/.test(letter)) throw new PatternError(`has \\${letter}, which rules of your own cannot have`);
    return [[letter.charCodeAt(0), letter.charCodeAt(0)]];
  }

  /** After the opening bracket. */
  function bracket(): Charset {
    const isInverted = take('^');
    const ranges: (readonly [number, number])[] = [];
    while (!take(']')) {
      if (at >= source.length) throw new PatternError('has a class that is not closed');
      const from = member();
      if (from.length !== 1 || !peek('-') || peek('-]')) {
        ranges.push(...from);
        continue;
      }
      at++;
      const [[low] = [0]] = from;
      const [[high] = [0], ...more] = member();
      if (more.length > 0 || high < low) throw new PatternError('has a range in a class that goes nowhere');
      ranges.push([low, high]);
    }
    // Before it is turned round: what is not `a` in any case is neither `a` nor `A`.
    const all = ignoreCase ? anyCase(ranges) : ranges;
    return isInverted ? inverted(all) : all;
  }

  function member(): Charset {
    if (take('\\b')) return [[8, 8]];
    if (take('\\-')) return [[0x2d, 0x2d]];
    return take('\\') ? escape() : unit();
  }

  const whole = choice(0);
  if (at < source.length) throw new PatternError('closes a group that is not open');
  return whole;
}
