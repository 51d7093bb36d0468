/** A card: a heading, a chart, and the same figures as a table. */

import { element, say } from '../page.ts';

export interface Column<Row> {
  readonly title: string;
  readonly text: (row: Row) => string;
  readonly isNumber?: boolean;
  /** The search that finds what is behind it. */
  readonly query?: (row: Row) => string;
}

export interface Figure<Row> {
  /** Stays the same: which cards are tables is kept. */
  readonly id: string;
  readonly title: string;
  /** What is counted, in a sentence. */
  readonly note: string;
  /** Said where there is nothing. */
  readonly empty: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  /** @param width pixels */
  readonly chart: (width: number) => Element;
  readonly wide?: boolean;
  /** Of the day of a row, where it has one. */
  readonly day?: (row: Row) => string;
}

export interface CardDeps {
  readonly isTable: (id: string) => boolean;
  readonly setTable: (id: string, isTable: boolean) => void;
}

const mostRows = 400;

export interface Card {
  readonly root: HTMLElement;
  /** Draws the chart for the width there is. */
  draw(): void;
}

export function createCard<Row>(figure: Figure<Row>, { isTable, setTable }: CardDeps): Card {
  const body = element('div', { class: 'body' });
  const hasRows = figure.rows.length > 0;
  const toggle = element('button', { class: 'toggle', type: 'button', click: () => {
    setTable(figure.id, !isTable(figure.id));
    draw();
  } });
  const heading = element('h2', { id: `h-${figure.id}` }, figure.title);
  const root = element('section', { class: figure.wide ? 'card wide' : 'card', 'aria-labelledby': `h-${figure.id}`, 'data-card': figure.id },
    element('header', {}, heading, ...(hasRows ? [toggle] : [])), element('p', { class: 'note' }, figure.note), body);

  function draw(): void {
    const asTable = isTable(figure.id);
    toggle.textContent = say(asTable ? 'Show as chart' : 'Show as table');
    toggle.setAttribute('aria-label', `${figure.title}: ${toggle.textContent}`);
    if (!hasRows) body.replaceChildren(element('p', { class: 'empty' }, figure.empty));
    else if (asTable) body.replaceChildren(table(figure));
    else body.replaceChildren(chart());
  }

  function chart(): Element {
    const drawn = figure.chart(Math.max(240, Math.floor(root.clientWidth - 34)));
    drawn.setAttribute('role', 'img');
    drawn.setAttribute('aria-label', `${figure.title}. ${figure.note}`);
    return drawn;
  }

  return { root, draw };
}

function table<Row>({ title, columns, rows, day }: Figure<Row>): HTMLElement {
  const head = element('tr', {}, ...columns.map(({ title: name, isNumber }) => element('th', { scope: 'col', class: isNumber ? 'number' : '' }, name)), ...(day ? [element('th', { scope: 'col' }, '')] : []));
  // The latest days first where they are more than one wants to read.
  const shown = rows.length > mostRows ? rows.slice(-mostRows).reverse() : rows;
  const lines = shown.map((row) => element('tr', {}, ...columns.map(({ text, isNumber, query }) => {
    const words = text(row);
    return element('td', { class: isNumber ? 'number' : '' }, query ? searchLink(words, query(row)) : words);
  }), ...(day ? [element('td', {}, element('a', { href: '#', 'data-day': day(row) }, say('Timeline')))] : [])));
  return element('div', { class: 'table', tabindex: 0, role: 'region', 'aria-label': title }, element('table', {}, element('thead', {}, head), element('tbody', {}, ...lines)));
}

export function searchLink(words: string, query: string): HTMLElement {
  return element('a', { href: '#', 'data-query': query, title: `${say('Search')}: ${query}` }, words);
}
