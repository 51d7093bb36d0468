/** The dashboard in its webview. */

import type { Rates, Statistics } from '../../shared/statistics.ts';
import type { DashboardChoice, FromDashboard, ToDashboard } from '../../shared/webview.ts';
import { dayText, duration, number, percent, short } from '../format.ts';
import { connect, element, say, use } from '../page.ts';
import { calendar, live, rhythm } from './activity.ts';
import { createCard, searchLink, type Card, type CardDeps, type Figure } from './card.ts';
import { failingCommands, fixTime, sessionsByTool, storage, testRate, tokensBy, tokensOf, touchedFiles, type Shown } from './figures.ts';
import { filter, folderPath, join, withinRange } from './links.ts';

interface State {
  readonly choice: DashboardChoice;
  /** Cards that are shown as tables. */
  readonly tables: readonly string[];
}

const ranges = [7, 30, 90, 365, null] as const;
const everySeconds = 30;

let state: State = { choice: { days: 30, workspace: null }, tables: [] };
let shown: Shown | undefined;
let cards: Card[] = [];
let liveCard: Card | undefined;

const host = connect<FromDashboard, State>((data) => {
  const message = data as ToDashboard;
  if (message.type === 'setting') return use(message.setting);
  if (message.type === 'failed') return failed(message.message);
  if (message.type === 'rates') return showRates(message.rates, message.recording, message.names);
  if (message.choice.days !== state.choice.days || message.choice.workspace !== state.choice.workspace) return; // another choice was made meanwhile
  const { names } = message;
  shown = { statistics: message.statistics, choice: message.choice, nameOf: (source) => names[source] ?? source };
  show(shown);
});

const controls = element('div', { class: 'controls' });
const summary = element('div', { class: 'summary' });
const now = element('div', { class: 'now' });
const grid = element('main', { class: 'grid', 'aria-live': 'off' });
const problem = element('p', { class: 'problem', role: 'alert' });

const deps: CardDeps = {
  isTable: (id) => state.tables.includes(id),
  setTable(id, isTable) {
    keep({ ...state, tables: isTable ? [...state.tables, id] : state.tables.filter((each) => each !== id) });
  },
};

function keep(next: State): void {
  state = next;
  host.keep(state);
}

function choose(choice: DashboardChoice): void {
  keep({ ...state, choice });
  host.send({ type: 'choose', choice });
}

function failed(message: string): void {
  problem.textContent = message;
}

function show(next: Shown): void {
  problem.textContent = '';
  const { statistics } = next;
  document.title = say('Daybook Dashboard');
  showControls(statistics);
  showSummary(next);
  const draw = <Row>(figure: Figure<Row>): Card => createCard(figure, deps);
  cards = statistics.days.length === 0 && statistics.sessions.length === 0 ? [draw(storage(next))] : [
    draw(calendar(next)), draw(rhythm(next)), draw(sessionsByTool(next)), draw(tokensBy(next, 'model')), draw(tokensBy(next, 'tool')), draw(failingCommands(next)),
    draw(testRate(next)), draw(fixTime(next)), draw(touchedFiles(next, 'agents')), draw(touchedFiles(next, 'hand')), draw(storage(next)),
  ];
  const nothing = cards.length > 1 ? [] : [element('section', { class: 'card wide nothing' },
    element('h2', {}, say('Nothing was recorded in this range.')), element('p', {}, say('Choose a longer range, or all workspaces.')))];
  grid.replaceChildren(...nothing, ...cards.map(({ root }) => root));
  for (const card of cards) card.draw();
}

function showControls({ workspaces, since, until }: Statistics): void {
  const focused = document.activeElement?.id;
  const { choice } = state;
  const radios = ranges.map((days) => {
    const id = `range-${days ?? 'all'}`;
    const input = element('input', { type: 'radio', name: 'range', id, checked: choice.days === days, change: () => choose({ ...state.choice, days }) });
    return element('span', {}, input, element('label', { for: id }, days === null ? say('Everything') : say('{0} days', days)));
  });
  const known = choice.workspace === null || workspaces.includes(choice.workspace) ? workspaces : [choice.workspace, ...workspaces];
  const select = element('select', { id: 'workspace', 'aria-label': say('Workspace'), change: () => choose({ ...state.choice, workspace: select.value === '' ? null : select.value }) },
    element('option', { value: '' }, say('All workspaces')), ...known.map((uri) => element('option', { value: uri, selected: uri === choice.workspace }, folderPath(uri))));
  controls.replaceChildren(
    element('h1', {}, say('Daybook Dashboard')), element('span', { class: 'range' }, say('{0} to {1}', dayText(since), dayText(until))),
    element('fieldset', { class: 'ranges' }, element('legend', {}, say('Range')), ...radios), select,
    element('button', { type: 'button', id: 'print', click: () => print() }, say('Print')),
  );
  if (focused) document.getElementById(focused)?.focus();
}

function showSummary({ statistics: { days, sessions, tokens, commands, tests, fixes, since }, choice }: Shown): void {
  const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
  const range = withinRange(choice, since);
  const [passed, failedTests] = [sum(tests.map((each) => each.passed)), sum(tests.map((each) => each.failed))];
  const share = (part: number, all: number): string => (all === 0 ? '–' : percent(part / all));
  const tiles: readonly (readonly [name: string, value: string, note: string, query: string])[] = [
    ['Records', short(sum(days.map(({ records }) => records))), '', range],
    ['Sessions', number(sum(sessions.map((each) => each.sessions))), say('chats with AI tools'), join('kind:session', range)],
    ['Tokens', short(sum(tokens.map(tokensOf))), say('without what was read from a cache'), join('family:chats', range)],
    ['Failed commands', share(commands.failed, commands.runs), say('{0} of {1} runs', number(commands.failed), number(commands.runs)), join('kind:terminal.command is:error', range)],
    ['Failed tests', share(failedTests, passed + failedTests), say('{0} of {1} tests', number(failedTests), number(passed + failedTests)), join('kind:test.run', range)],
    ['Error to fix', fixes.medianMs === null ? '–' : duration(fixes.medianMs), say('median of {0} fixes', number(fixes.count)), join('kind:terminal.command', range)],
  ];
  summary.replaceChildren(...tiles.map(([name, value, note, query]) => {
    const link = searchLink(value, query || 'after:2000-01-01');
    link.setAttribute('aria-label', `${say(name)}: ${value}`);
    return element('div', { class: 'tile' }, element('span', { class: 'name' }, say(name)), link, element('span', { class: 'note' }, note));
  }));
}

function showRates(rates: Rates, recording: boolean, names: Readonly<Record<string, string>>): void {
  const sources = Object.entries(rates.sources).sort(([, a], [, b]) => b - a);
  const all = sources.reduce((sum, [, count]) => sum + count, 0);
  const hour = new Date(Date.parse(rates.time) - 3_600_000);
  const words = element('p', { class: 'sources' }, element('span', { class: recording ? 'dot on' : 'dot' }), `${say(recording ? 'Recording' : 'Recording is paused')} · ${say('{0} in the last hour', number(all))}`,
    ...sources.slice(0, 6).flatMap(([source, count]) => [' · ', searchLink(`${names[source] ?? source} ${number(count)}`, join(filter('source', source), `after:"${hour.toLocaleDateString('sv')} ${hour.toLocaleTimeString('sv').slice(0, 5)}"`))]));
  liveCard = createCard({ ...live(rates), wide: true }, deps);
  liveCard.root.append(words);
  now.replaceChildren(liveCard.root);
  liveCard.draw();
}

document.body.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (!link) return;
  event.preventDefault();
  const href = link.getAttribute('href') ?? link.getAttribute('xlink:href') ?? '#';
  const { day, query = decodeURIComponent(href.slice(1)) } = link.dataset;
  if (day !== undefined) host.send({ type: 'timeline', day });
  else if (query !== '') host.send({ type: 'search', query });
});

let width = innerWidth;
addEventListener('resize', () => {
  if (innerWidth === width) return;
  width = innerWidth;
  for (const card of [...cards, ...(liveCard ? [liveCard] : [])]) card.draw();
});

setInterval(() => {
  if (document.visibilityState === 'visible') host.send({ type: 'rates' });
}, everySeconds * 1_000);

document.body.append(controls, problem, summary, now, grid);
if (host.state) state = host.state;
host.keep(state);
host.send({ type: 'ready', choice: state.choice });
