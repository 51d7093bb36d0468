/** The lanes: Observable Plot, in the colours of the theme. */

import * as Plot from '@observablehq/plot';
import { lanes, type Lane } from '../../shared/lane.ts';
import type { TimelineItem } from '../../shared/timeline.ts';
import { say } from '../page.ts';
import { binned, inView, type View } from './view.ts';

const colours: Readonly<Record<Lane, string>> = {
  edits: 'var(--vscode-charts-blue)', commands: 'var(--daybook-orange)', tests: 'var(--vscode-charts-green)',
  chats: 'var(--vscode-charts-purple)', commits: 'var(--vscode-charts-yellow)', other: 'var(--vscode-descriptionForeground)',
};
const failedColour = 'var(--vscode-charts-red)';

/** At the right half of the last hour's text stands beyond the lanes. */
export const margin = { left: 96, right: 30, top: 6, bottom: 38 };
export const laneHeight = 46;
export const height = laneHeight * lanes.length + margin.top + margin.bottom;
/** With more items in view than these, they are drawn together. */
const mostSingle = 1_200;
/** Pixels of a bin, and the least that one item takes. */
const binPixels = 4;
const leastPixels = 3;

export function draw(items: readonly TimelineItem[], view: View, width: number, chosen: TimelineItem | undefined): Element {
  const perPixel = (view.to - view.from) / Math.max(1, width - margin.left - margin.right);
  const seen = inView(items, view);
  const made = Plot.plot({
    className: 'plot', width, height, marginLeft: margin.left, marginRight: margin.right, marginTop: margin.top, marginBottom: margin.bottom,
    x: { type: 'time', domain: [new Date(view.from), new Date(view.to)], label: null },
    y: { domain: lanes, label: null, tickSize: 0, tickFormat: (lane: Lane) => say(lane), padding: 0.18 },
    opacity: { type: 'identity' },
    marks: [
      Plot.gridX({ stroke: 'var(--daybook-rule)', strokeOpacity: 1 }),
      ...(seen.length > mostSingle ? together(seen, view, perPixel) : single(seen, view, perPixel)),
      ...(chosen ? [outline(chosen, view, perPixel)] : []),
    ],
  });
  for (const style of made.querySelectorAll('style')) style.remove();
  return made;
}

function together(items: readonly TimelineItem[], view: View, perPixel: number): Plot.Markish[] {
  const bins = binned(items, view, perPixel * binPixels);
  const most = Math.max(...bins.map(({ count }) => count), 1);
  const x = { x1: ({ start }: View & { start: number }) => new Date(start), x2: ({ end }: { end: number }) => new Date(end) };
  const place = { x1: x.x1 as never, x2: x.x2 as never, y: 'lane' };
  return [
    Plot.barX(bins, { ...place, fill: ({ lane }: { lane: Lane }) => colours[lane], fillOpacity: ({ count }: { count: number }) => 0.35 + 0.65 * (Math.log1p(count) / Math.log1p(most)), insetRight: 0.5 }),
    Plot.barX(bins.filter(({ failed }) => failed > 0), { ...place, fill: failedColour, insetTop: laneHeight * 0.62, insetRight: 0.5 }),
  ];
}

function single(items: readonly TimelineItem[], view: View, perPixel: number): Plot.Markish[] {
  const place = placeOf(view, perPixel);
  return [
    Plot.barX([...items], { ...place, fill: ({ lane }: TimelineItem) => colours[lane], fillOpacity: 0.8 }),
    Plot.barX(items.filter(({ failed }) => failed), { ...place, fill: failedColour, insetTop: laneHeight * 0.62 }),
  ];
}

function outline(item: TimelineItem, view: View, perPixel: number): Plot.Markish {
  return Plot.barX([item], { ...placeOf(view, perPixel), fill: 'none', stroke: 'var(--vscode-focusBorder)', strokeWidth: 2 });
}

function placeOf(view: View, perPixel: number): { x1: (item: TimelineItem) => Date; x2: (item: TimelineItem) => Date; y: string } {
  const start = (item: TimelineItem): number => Math.max(item.start, view.from);
  return {
    x1: (item) => new Date(start(item)),
    x2: (item) => new Date(Math.max(Math.min(item.end, view.to), start(item) + leastPixels * perPixel)),
    y: 'lane',
  };
}
