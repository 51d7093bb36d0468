/** *Find in Session*: the whole session is searched by the host, and what is on the page is marked without being touched. */

import type { SessionFound } from '../../shared/sessionView.ts';
import { button, element, fill } from './dom.ts';
import type { Words } from './words.ts';

export interface FindWorld {
  readonly words: Words;
  /** What is marked is below it. */
  readonly pages: HTMLElement;
  readonly ask: (text: string) => Promise<SessionFound>;
  /** Goes to an item and unfolds what in it holds the text; resolves when it is there. */
  readonly goTo: (item: number, text: string) => Promise<void>;
  /** Number of the item that is being read. */
  readonly here: () => number;
  readonly changed: (text: string) => void;
  readonly failed: (error: unknown) => void;
}

export interface Find {
  readonly root: HTMLElement;
  open(): void;
  /** As it was when the page was left: nothing moves. */
  restore(text: string): void;
  /** What is on the page has changed: marks it, once more. */
  mark(): void;
}

const quietMs = 150;
const mostMarks = 2_000;
const highlight = 'found';

export function createFind({ words, pages, ask, goTo, here, changed, failed }: FindWorld): Find {
  const { texts } = words;
  const input = element('input', { type: 'search', placeholder: texts.findPlaceholder, 'aria-label': texts.find, spellcheck: 'false' });
  const count = element('span', { class: 'count', role: 'status' });
  const close = (): void => {
    root.hidden = true;
    input.value = '';
    search('');
  };
  const root = element('div', { class: 'find', role: 'search', hidden: '' }, input, count,
    button('icon', texts.previousMatch, () => step(-1), '↑'), button('icon', texts.nextMatch, () => step(1), '↓'), button('icon', texts.close, close, '×'));
  let wanted = '';
  let found: SessionFound = { items: [], more: false };
  let at = -1;
  let marking = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function say(): void {
    const all = words.figure(found.items.length);
    count.textContent = wanted === '' ? '' : found.items.length === 0 ? texts.noMatch : fill(found.more ? texts.moreMatches : texts.matches, words.figure(at + 1), all);
  }

  function search(text: string): void {
    if (text === wanted) return;
    wanted = text;
    changed(text);
    clearTimeout(timer);
    timer = setTimeout(() => void look(text).catch(failed), text === '' ? 0 : quietMs);
  }

  async function look(text: string, stay = false): Promise<void> {
    const answer = text === '' ? { items: [], more: false } : await ask(text);
    if (text !== wanted) return; // another question came first
    found = answer;
    const next = found.items.findIndex((item) => item >= here());
    at = found.items.length === 0 ? -1 : Math.max(next, 0);
    await show(stay);
  }

  async function show(stay = false): Promise<void> {
    say();
    const item = found.items[at];
    if (item !== undefined && !stay) await goTo(item, wanted);
    mark();
  }

  function step(by: number): void {
    const { length } = found.items;
    if (length === 0) return;
    at = (at + by + length) % length;
    void show().catch(failed);
  }

  /** Much may change at one time: it is looked through once, when that is done. */
  function mark(): void {
    marking ||= requestAnimationFrame(() => {
      marking = 0;
      const marks = new Highlight();
      if (wanted !== '') for (const range of rangesOf(pages, wanted)) if (marks.size < mostMarks) marks.add(range);
      CSS.highlights.set(highlight, marks);
    });
  }

  input.addEventListener('input', () => search(input.value));
  root.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') close();
    else if (event.key === 'Enter' && event.target === input) step(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  return {
    root,
    restore(text) {
      root.hidden = false;
      input.value = text;
      wanted = text;
      look(text, true).catch(failed);
    },
    open() {
      root.hidden = false;
      input.focus();
      input.select();
      search(input.value);
    },
    mark,
  };
}

/** Where a text stands, in any case, within single texts of the page. */
function* rangesOf(root: HTMLElement, wanted: string): Generator<Range> {
  const lower = wanted.toLowerCase();
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode as Text;
    const content = text.data.toLowerCase();
    // Some letters are longer in lower case; then places would not fit.
    if (content.length !== text.data.length) continue;
    for (let start = content.indexOf(lower); start !== -1; start = content.indexOf(lower, start + lower.length)) {
      const range = document.createRange();
      range.setStart(text, start);
      range.setEnd(text, start + lower.length);
      yield range;
    }
  }
}
