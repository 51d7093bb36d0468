/** The timeline in its webview. */

import { lanes, type Lane } from '../../shared/lane.ts';
import type { Timeline, TimelineItem } from '../../shared/timeline.ts';
import type { FromTimeline, Reveal, TimelineState, ToTimeline } from '../../shared/webview.ts';
import { clock, dayText, duration, number } from '../format.ts';
import { connect, element, say, use } from '../page.ts';
import { draw, laneHeight, margin } from './draw.ts';
import { inView, moved, nearest, zoomed, type View } from './view.ts';

const mostListed = 100;
/** While somebody zooms the list waits. */
const listMs = 120;
/** Pixels that a pointer may be beside what it means. */
const pointerPixels = 5;
const mostInHover = 5;
/** How much of what is seen a session has around it when it is shown. */
const around = 0.15;

let timeline: Timeline | undefined;
let names: Readonly<Record<string, string>> = {};
let view: View = { from: 0, to: 1 };
let chosen: TimelineItem | undefined;
let isDrawing = false;
let listing: ReturnType<typeof setTimeout> | undefined;

const host = connect<FromTimeline, TimelineState>((data) => {
  const message = data as ToTimeline;
  if (message.type === 'setting') return use(message.setting);
  if (message.type === 'failed') return void (problem.textContent = message.message);
  problem.textContent = '';
  names = message.names;
  show(message.timeline, message.reveal);
});

const problem = element('p', { class: 'problem', role: 'alert' });
const controls = element('div', { class: 'controls' });
const chart = element('div', { class: 'chart', tabindex: 0, role: 'application' });
const hover = element('div', { class: 'hover', role: 'status', hidden: true });
const list = element('div', { class: 'list' });

const whole = ({ since, until }: Timeline): View => ({ from: since, to: until });

function show(next: Timeline, reveal: Reveal | undefined): void {
  const isOther = next.day !== timeline?.day;
  const kept = host.state;
  timeline = next;
  if (isOther) {
    chosen = undefined;
    view = kept?.day === next.day && kept.from !== undefined && kept.to !== undefined ? { from: kept.from, to: kept.to } : busy(next);
  }
  if (reveal) revealed(next, reveal);
  document.title = say('Timeline of {0}', dayText(next.day));
  showControls(next);
  redraw();
}

/** From the first to the last of the day, with some room: nights are long. */
function busy(day: Timeline): View {
  const first = Math.max(day.since, Math.min(...day.items.slice(0, 200).map(({ start }) => start), day.items[0]?.end ?? day.since));
  const last = day.items.at(-1)?.end ?? day.until;
  if (day.items.length === 0 || last - first < 60_000) return whole(day);
  const room = (last - first) * 0.03;
  return { from: Math.max(day.since, first - room), to: Math.min(day.until, last + room) };
}

function revealed(day: Timeline, { record, session }: Reveal): void {
  const items = day.items.filter((item) => (record === undefined ? item.session === session : item.id === record));
  chosen = record === undefined ? undefined : items[0];
  const [first, last] = [items[0], items.at(-1)];
  if (!first || !last) return;
  const start = Math.max(day.since, Math.min(...items.map((item) => item.start)));
  const length = Math.max(last.end - start, 10 * 60_000);
  view = moved({ from: start - length * around, to: start + length * (1 + around) }, 0, whole(day));
}

function keep(): void {
  if (timeline) host.keep({ day: timeline.day, from: view.from, to: view.to });
}

function look(next: View): void {
  view = next;
  redraw();
}

function redraw(): void {
  if (isDrawing) return;
  isDrawing = true;
  requestAnimationFrame(() => {
    isDrawing = false;
    drawNow();
  });
}

function drawNow(): void {
  if (!timeline) return;
  keep();
  const { items } = timeline;
  if (items.length === 0) {
    chart.replaceChildren(element('p', { class: 'empty' }, say('Nothing was recorded on this day.')));
    list.replaceChildren();
    return;
  }
  const drawn = draw(items, view, Math.max(320, chart.clientWidth), chosen);
  drawn.setAttribute('aria-hidden', 'true');
  chart.replaceChildren(drawn);
  chart.setAttribute('aria-label', `${say('Timeline of {0}', dayText(timeline.day, 'full'))}. ${say('Arrow keys move, + and - zoom, Home shows the whole day, Enter opens.')}`);
  clearTimeout(listing);
  listing = setTimeout(() => showList(inView(items, view)), listMs);
}

function showList(seen: readonly TimelineItem[]): void {
  const rows = seen.slice(0, mostListed).map((item) => element('tr', { class: item === chosen ? 'chosen' : '' },
    element('td', { class: 'time' }, clock(item.end, true)), element('td', {}, say(item.lane)),
    element('td', {}, element('a', { href: '#', click: (event) => {
      event.preventDefault();
      open(item);
    } }, item.label || item.kind), item.failed ? element('span', { class: 'failed' }, ` ${say('failed')}`) : ''),
    element('td', {}, names[item.source] ?? item.source)));
  const head = element('tr', {}, ...['Time', 'Lane', 'What', 'Source'].map((title) => element('th', { scope: 'col' }, say(title))));
  const count = rows.length < seen.length ? say('The first {0} of {1} in view', number(rows.length), number(seen.length)) : say('{0} in view', number(seen.length));
  list.replaceChildren(
    element('p', { class: 'note' }, count, timeline && timeline.left > 0 ? ` ${say('{0} more records are not shown.', number(timeline.left))}` : ''),
    element('table', {}, element('thead', {}, head), element('tbody', {}, ...rows)),
  );
}

function showControls({ day, before, after, items }: Timeline): void {
  const focused = document.activeElement?.id;
  const go = (next: string | null): void => {
    if (next !== null) host.send({ type: 'day', day: next });
  };
  const button = (id: string, text: string, label: string, act: () => void, isOff = false): HTMLElement =>
    element('button', { type: 'button', id, 'aria-label': label, title: label, disabled: isOff, click: act }, text);
  const input = element('input', { type: 'date', id: 'day', value: day, 'aria-label': say('Day'), change: () => go(input.value || null) });
  const failed = items.filter((item) => item.failed).length;
  const zoom = (factor: number): void => look(zoomed(view, anchor(), factor, { from: timeline?.since ?? 0, to: timeline?.until ?? 1 }));
  controls.replaceChildren(
    element('h1', {}, dayText(day, 'full')),
    element('span', { class: 'note' }, `${items.length === 1 ? say('1 record') : say('{0} records', number(items.length))}${failed > 0 ? ` · ${say('{0} failed', number(failed))}` : ''}`),
    element('span', { class: 'group' },
      button('before', '‹', before === null ? say('Previous day') : say('Go to {0}', dayText(before)), () => go(before), before === null), input,
      button('after', '›', after === null ? say('Next day') : say('Go to {0}', dayText(after)), () => go(after), after === null),
      button('today', say('Today'), say('Today'), () => go(new Date().toLocaleDateString('sv')))),
    element('span', { class: 'group' }, button('in', '+', say('Zoom in'), () => zoom(0.5)), button('out', '−', say('Zoom out'), () => zoom(2)),
      button('whole', say('Whole day'), say('Whole day'), () => timeline && look(whole(timeline)))),
  );
  if (focused) document.getElementById(focused)?.focus();
}

function open(item: TimelineItem): void {
  host.send({ type: 'open', record: item.id, session: item.session, kind: item.kind });
}

/** The time and the lane under the pointer. */
function under(event: MouseEvent): { readonly time: number; readonly lane: Lane | undefined; readonly distance: number } {
  const box = chart.getBoundingClientRect();
  const perPixel = (view.to - view.from) / Math.max(1, box.width - margin.left - margin.right);
  return {
    time: view.from + (event.clientX - box.left - margin.left) * perPixel,
    lane: lanes[Math.floor((event.clientY - box.top - margin.top) / laneHeight)],
    distance: pointerPixels * perPixel,
  };
}

function itemsUnder(event: MouseEvent): TimelineItem[] {
  const { time, lane, distance } = under(event);
  return timeline && lane ? nearest(inView(timeline.items, view), lane, time, distance) : [];
}

function showHover(event: MouseEvent): void {
  const found = itemsUnder(event);
  hover.hidden = found.length === 0;
  if (found.length === 0) return;
  const lines = found.slice(0, mostInHover).map((item) => element('div', {},
    element('b', {}, clock(item.end, true)), ` ${item.label || item.kind}`,
    element('span', { class: 'note' }, ` · ${names[item.source] ?? item.source}${item.end > item.start ? ` · ${say('took {0}', duration(item.end - item.start))}` : ''}`),
    item.failed ? element('span', { class: 'failed' }, ` ${say('failed')}`) : ''));
  hover.replaceChildren(...lines, found.length > mostInHover ? element('div', { class: 'note' }, say('{0} records', number(found.length))) : '');
  hover.style.left = `${Math.min(event.pageX + 14, document.body.clientWidth - 380)}px`;
  hover.style.top = `${event.pageY + 16}px`;
}

let dragged: { readonly x: number; readonly view: View } | undefined;
let hasMoved = false;

chart.addEventListener('wheel', (event) => {
  if (!timeline) return;
  event.preventDefault();
  const day = whole(timeline);
  const isSideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
  if (isSideways) look(moved(view, (event.shiftKey ? event.deltaY : event.deltaX) / 600, day));
  else look(zoomed(view, under(event).time, 1.0016 ** event.deltaY, day));
}, { passive: false });
chart.addEventListener('pointerdown', (event) => {
  dragged = { x: event.clientX, view };
  hasMoved = false;
});
addEventListener('pointermove', (event) => {
  if (!dragged || !timeline) return;
  const pixels = event.clientX - dragged.x;
  hasMoved ||= Math.abs(pixels) > 4;
  if (hasMoved) look(moved(dragged.view, -pixels / Math.max(1, chart.clientWidth - margin.left), whole(timeline)));
});
addEventListener('pointerup', () => {
  dragged = undefined;
});
chart.addEventListener('mousemove', (event) => {
  if (!dragged) showHover(event);
});
chart.addEventListener('mouseleave', () => {
  hover.hidden = true;
});
chart.addEventListener('click', (event) => {
  const [item] = hasMoved ? [] : itemsUnder(event);
  if (!item) return;
  chosen = item;
  redraw();
  open(item);
});

/** The next item, for the keyboard; what is seen follows it. */
function step(by: 1 | -1): void {
  if (!timeline || timeline.items.length === 0) return;
  const { items } = timeline;
  const at = chosen ? items.indexOf(chosen) + by : items.findIndex(({ end }) => end >= view.from);
  chosen = items[Math.min(items.length - 1, Math.max(0, at))];
  hover.hidden = true;
  if (!chosen) return;
  if (chosen.end < view.from || chosen.start > view.to) view = moved(view, (chosen.end - (view.from + view.to) / 2) / (view.to - view.from), whole(timeline));
  redraw();
  chart.setAttribute('aria-description', `${clock(chosen.end, true)} ${say(chosen.lane)} ${chosen.label}`);
}

/** Where the keys zoom in: at what is chosen, else at what is nearest to the middle; there may be nothing in the middle. */
function anchor(): number {
  if (chosen && chosen.end >= view.from && chosen.end <= view.to) return chosen.end;
  const middle = (view.from + view.to) / 2;
  const seen = timeline ? inView(timeline.items, view) : [];
  return seen.reduce((best, { end }) => (Math.abs(end - middle) < Math.abs(best - middle) ? end : best), seen[0]?.end ?? middle);
}

chart.addEventListener('keydown', (event) => {
  if (!timeline) return;
  const day = whole(timeline);
  const keys: Readonly<Record<string, () => void>> = {
    '+': () => look(zoomed(view, anchor(), 0.5, day)), '=': () => look(zoomed(view, anchor(), 0.5, day)), '-': () => look(zoomed(view, anchor(), 2, day)),
    ArrowLeft: () => look(moved(view, -0.2, day)), ArrowRight: () => look(moved(view, 0.2, day)), ArrowDown: () => step(1), ArrowUp: () => step(-1),
    Home: () => look(day), Enter: () => chosen && open(chosen),
  };
  const act = keys[event.key];
  if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  act();
});

addEventListener('resize', redraw);
document.body.append(controls, problem, chart, hover, list);
host.send({ type: 'ready', state: host.state ?? null });
