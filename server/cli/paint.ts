/** Colours for a terminal, and nothing of them in a pipe. */

import { styleText } from 'node:util';

export type Paint = (format: Parameters<typeof styleText>[0], text: string) => string;

export const plainPaint: Paint = (_format, text) => text;

/** @param isColoured whether a person looks at a terminal that can */
export function createPaint(isColoured: boolean): Paint {
  return isColoured ? (format, text) => styleText(format, text, { validateStream: false }) : plainPaint;
}

const blocks = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/** One character for each number, the greatest the highest. */
export function sparkline(values: readonly number[]): string {
  const most = Math.max(...values, 1);
  return values.map((value) => (value <= 0 ? '·' : blocks[Math.min(blocks.length - 1, Math.floor((value / most) * blocks.length))] ?? '█')).join('');
}

/** At most `width` characters, at least one for what is more than nothing. */
export function bar(value: number, most: number, width: number): string {
  return value <= 0 || most <= 0 ? '' : '█'.repeat(Math.max(1, Math.round((value / most) * width)));
}
