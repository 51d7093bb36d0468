/** The charts: Observable Plot, in the colours of the theme. */

import * as Plot from '@observablehq/plot';
import { language } from '../page.ts';
import type { Bucket, Unit } from './buckets.ts';

/** VS Code's colours for charts; they follow the theme by themselves. */
const colours = ['blue', 'orange', 'green', 'purple', 'red', 'yellow'].map((name) => (name === 'orange' ? 'var(--daybook-orange)' : `var(--vscode-charts-${name})`));
export const mostSeries = colours.length;
const otherColour = 'var(--vscode-descriptionForeground)';
const foreground = 'var(--vscode-foreground)';
const rule = 'var(--daybook-rule)';

export interface Bar {
  readonly name: string;
  readonly value: number;
  readonly title: string;
  readonly query: string;
}

export interface TimeBar extends Bar {
  readonly bucket: Bucket;
}

/** A link in a chart is for the pointer; the keyboard has the table. */
const linked = { href: ({ query }: Bar) => `#${encodeURIComponent(query)}`, title: ({ title }: Bar) => title };

/** Plot writes its looks into the page; the page's policy lets nobody do that, and dashboard.css has them already. */
function plain(made: Element): Element {
  for (const style of made.querySelectorAll('style')) style.remove();
  for (const link of made.querySelectorAll('a')) link.setAttribute('tabindex', '-1');
  return made;
}

function plot(options: Plot.PlotOptions): Element {
  return plain(Plot.plot({ className: 'plot', ...options }));
}

export const date = (day: string): Date => new Date(`${day}T00:00Z`);
const intervals = { day: 'day', week: 'monday', month: 'month' } as const satisfies Record<Unit, string>;

interface TimeOptions {
  readonly width: number;
  readonly unit: Unit;
  readonly since: string;
  readonly until: string;
  readonly format: (value: number) => string;
}

function timeScale({ since, until }: TimeOptions): Plot.ScaleOptions {
  const end = date(until);
  end.setUTCDate(end.getUTCDate() + 1);
  return { type: 'utc', domain: [date(since), end], label: null, grid: false };
}

/** Stacked bars over time, one colour for each name. */
export function timeBars(bars: readonly TimeBar[], names: readonly string[], options: TimeOptions): Element {
  const { width, unit, format } = options;
  return plot({
    width, height: 200, marginLeft: 46, x: timeScale(options), y: { label: null, tickFormat: format, ticks: 4, grid: true },
    color: { type: 'categorical', domain: [...names], range: names.map((_, at) => colours[at] ?? otherColour), legend: names.length > 1 },
    marks: [
      Plot.gridY({ ticks: 4, stroke: rule, strokeOpacity: 1 }),
      Plot.rectY([...bars], { x: ({ bucket }: TimeBar) => date(bucket.start), interval: intervals[unit], y: 'value', fill: 'name', order: [...names], inset: 0.5, ...linked }),
      Plot.ruleY([0], { stroke: rule }),
    ],
  });
}

/** A line with a point for each bucket. */
export function timeLine(bars: readonly TimeBar[], options: TimeOptions & { readonly isShare?: boolean; readonly ticks?: readonly number[] }): Element {
  const { width, format, isShare, ticks = 4 } = options;
  const x = ({ bucket }: TimeBar): Date => date(bucket.start);
  return plot({
    width, height: 200, marginLeft: 58, x: timeScale(options),
    y: { label: null, tickFormat: format, ticks, ...(isShare ? { domain: [0, 1] } : { type: 'sqrt' as const, zero: true }) },
    marks: [
      Plot.gridY({ ticks, stroke: rule, strokeOpacity: 1 }),
      Plot.lineY([...bars], { x, y: 'value', stroke: colours[0] ?? foreground, strokeWidth: 1.5 }),
      Plot.dot([...bars], { x, y: 'value', r: 4, fill: colours[0] ?? foreground, ...linked }),
    ],
  });
}

/** The greatest first, with their names in full in the tooltip. */
export function ranking(bars: readonly (Bar & { readonly part?: number })[], { width, format, colour = 0 }: { readonly width: number; readonly format: (value: number) => string; readonly colour?: number }): Element {
  const labelWidth = Math.floor(Math.min(220, width * 0.45));
  const fits = Math.floor(labelWidth / 6.6);
  const shown = (name: string): string => (name.length <= fits ? name : `…${name.slice(1 - fits)}`);
  return plot({
    width, height: bars.length * 24 + 8, marginLeft: labelWidth, marginRight: 54, marginTop: 2, marginBottom: 2,
    x: { axis: null }, y: { label: null, domain: bars.map(({ name }) => name), tickFormat: shown, tickSize: 0 },
    marks: [
      Plot.barX([...bars], { x: 'value', y: 'name', fill: colours[colour] ?? foreground, insetTop: 3, insetBottom: 3, ...linked }),
      Plot.text([...bars], { x: 'value', y: 'name', text: ({ value }: Bar) => format(value), textAnchor: 'start', dx: 5, fill: foreground }),
    ],
  });
}

export interface Cell extends Bar {
  readonly column: string | number;
  readonly row: number;
  readonly facet?: string;
}

interface Cells {
  readonly width: number;
  readonly columns: readonly (string | number)[];
  readonly columnText: (column: string | number) => string;
  readonly rowText: (row: number) => string;
  readonly size: number;
}

/** Squares, the fuller the more: by opacity, so that it is right on any background. */
export function heatmap(cells: readonly Cell[], { width, columns, columnText, rowText, size }: Cells): Element {
  const step = Math.max(9, Math.min(size, (width - 44) / Math.max(1, columns.length)));
  const levels = levelsOf(cells.map(({ value }) => value));
  return plot({
    width: Math.min(width, step * columns.length + 44), height: step * 7 + 26, marginLeft: 40, marginRight: 4, marginTop: 2, marginBottom: 22, padding: 0.14,
    x: { domain: [...columns], label: null, tickFormat: columnText as (column: unknown) => string, tickSize: 0, ticks: columns.filter((column) => columnText(column) !== '') },
    y: { domain: [0, 1, 2, 3, 4, 5, 6], label: null, tickFormat: ((row: number) => (row % 2 === 0 ? rowText(row) : '')) as (row: unknown) => string, tickSize: 0 },
    opacity: { type: 'identity' },
    marks: [
      Plot.cell([...cells], { x: 'column', y: 'row', fill: 'var(--vscode-charts-green)', fillOpacity: ({ value }: Cell) => levels(value), stroke: 'var(--daybook-cell)', strokeWidth: 1, rx: 2, ...linked }),
    ],
  });
}

/** Four steps of equal share among what is more than nothing: one busy day does not make all others pale. */
function levelsOf(values: readonly number[]): (value: number) => number {
  const sorted = values.filter((value) => value > 0).sort((a, b) => a - b);
  const bounds = [0.25, 0.5, 0.75].map((share) => sorted[Math.floor(sorted.length * share)] ?? 0);
  return (value) => (value <= 0 ? 0.06 : 0.3 + 0.7 * (bounds.filter((bound) => value > bound).length / bounds.length));
}

/** Sixty thin bars. */
export function minutes(bars: readonly (Bar & { readonly at: number })[], width: number, timeText: (at: number) => string): Element {
  return plot({
    width, height: 90, marginLeft: 36, marginTop: 6, x: { domain: bars.map(({ at }) => at), label: null, tickSize: 0, ticks: bars.filter((_, at) => at % 15 === 14).map(({ at }) => at), tickFormat: timeText as (at: unknown) => string },
    y: { label: null, ticks: 2, tickFormat: (value: number) => (Number.isInteger(value) ? value.toLocaleString(language()) : '') },
    marks: [Plot.barY([...bars], { x: 'at', y: 'value', fill: colours[0] ?? foreground, inset: 0.5, ...linked }), Plot.ruleY([0], { stroke: rule })],
  });
}
