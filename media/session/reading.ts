/** The document of one session: toolbar, outline, pages and find, and what a person does with them. */

import type { Channel } from '../../shared/channel.ts';
import type { SessionHost } from '../../shared/sessionPanel.ts';
import type { SessionOutline, Sought, TurnOutline } from '../../shared/sessionView.ts';
import { openFold, type Folding } from './blocks.ts';
import { button, element } from './dom.ts';
import { linkFiles } from './files.ts';
import { createFind } from './find.ts';
import { headElement } from './head.ts';
import { itemElement, type ItemActions } from './item.ts';
import { createOutline } from './outline.ts';
import { createPages } from './pages.ts';
import type { Keeping } from './state.ts';
import { createTop } from './top.ts';
import type { Words } from './words.ts';

export interface Reading {
  readonly root: HTMLElement;
  /** Resolves when the part of the session that is shown is up to date. */
  show(outline: SessionOutline): Promise<void>;
  /** Goes to what is sought, or where the page stood before. */
  begin(sought: Sought | undefined): Promise<void>;
  goTo(sought: Sought): Promise<void>;
  find(): void;
  dispose(): void;
}

export function createReading(words: Words, host: Channel<SessionHost>, keeping: Keeping, say: (text: string) => void): Reading {
  const { texts } = words;
  const failed = (error: unknown): void => say(error instanceof Error ? error.message : String(error));
  const scroller = element('main', { tabindex: -1 });
  let turns: readonly TurnOutline[] = [];
  let total = 0;

  const turnOf = (item: number): TurnOutline | undefined => turns.findLast(({ first, items }) => first <= item && items > 0);
  const actions: ItemActions = {
    openEdit: (record, block, edit) => void host.call('openEdit', { record, block, edit }).catch(failed),
    openText: (record, block, of) => void host.call('openText', { record, block, of }).catch(failed),
    async picture(name) {
      try {
        return await host.call('picture', { name });
      } catch (error) {
        failed(error);
        return null;
      }
    },
    openAttachment: (name) => void host.call('openAttachment', { name }).catch(failed),
    copyTurn: (turn) => void host.call('copyTurn', { turn }).then(() => say(texts.copied), failed),
    foldTurn,
  };
  const pages = createPages({
    scroller, failed,
    filled(page) {
      void linkFiles(page, existing).catch(failed);
      find.mark();
      top.look();
    },
    async ask(from, limit) {
      const items = await host.call('items', { from, limit });
      return items.map((item, at) => {
        const number = from + at;
        const turn = turns.find(({ first, items: count }) => first === number && count > 0);
        const owner = turnOf(number);
        return {
          key: JSON.stringify([item, turn, total]),
          make: () => itemElement(item, number, total, turn, words, actions, foldingOf(owner)),
        };
      });
    },
  });
  const top = createTop(scroller, pages.root, (item, offset) => {
    keeping.keep({ item, offset });
    outline.mark(turnOf(item)?.index ?? 0);
  });
  const outline = createOutline(words, (turn) => void goToItem(turn.first).catch(failed));
  const find = createFind({
    words, pages: pages.root, failed, goTo: goToFound, here: () => top.item,
    ask: (text) => host.call('find', { text }),
    changed: (text) => keeping.keep({ find: text }),
  });
  const root = element('div', { class: 'document' }, toolbar(), find.root, outline.root, scroller);
  const head = element('div');
  scroller.append(head, pages.root, element('div', { class: 'end' }));
  root.classList.toggle('without-outline', !keeping.state.outline);
  const paths = new Map<string, boolean>();

  function toolbar(): HTMLElement {
    const step = (by: number): void => {
      const at = turns.findIndex(({ index }) => index === turnOf(top.item)?.index);
      const next = turns[Math.min(Math.max(at + by, 0), turns.length - 1)];
      if (next) void goToItem(next.first).catch(failed);
    };
    const toggle = button('icon', texts.outline, () => {
      const isShown = root.classList.toggle('without-outline');
      toggle.setAttribute('aria-pressed', String(!isShown));
      keeping.keep({ outline: !isShown });
    }, '☰');
    toggle.setAttribute('aria-pressed', String(keeping.state.outline));
    return element('div', { class: 'toolbar', role: 'toolbar' }, toggle,
      button('icon', texts.previousTurn, () => step(-1), '↑'), button('icon', texts.nextTurn, () => step(1), '↓'), button('icon', texts.find, () => find.open(), '⌕'));
  }

  function foldingOf(turn: TurnOutline | undefined): Folding {
    const together = `turn ${turn?.index ?? 0}`;
    const usual = (kind: 'tool' | 'other'): boolean => kind === 'tool' && keeping.isUnfolded(together);
    return {
      isUnfolded: (name, kind) => keeping.isUnfolded(name) !== usual(kind),
      unfold: (name, kind, isOpen) => keeping.unfold(name, isOpen !== usual(kind)),
    };
  }

  function foldTurn({ index, first, items }: TurnOutline): void {
    const isOpen = !keeping.isUnfolded(`turn ${index}`);
    keeping.unfold(`turn ${index}`, isOpen);
    for (const fold of pages.root.querySelectorAll<HTMLDetailsElement>('details.tool')) {
      const item = Number(fold.closest<HTMLElement>('[data-item]')?.dataset['item']);
      if (item >= first && item < first + items) fold.open = isOpen;
    }
  }

  async function existing(asked: readonly string[]): Promise<ReadonlySet<string>> {
    const unknown = asked.filter((path) => !paths.has(path));
    if (unknown.length > 0) {
      const there = new Set(await host.call('existing', { paths: unknown }));
      for (const [at, path] of unknown.entries()) paths.set(path, there.has(at));
    }
    return new Set(asked.filter((path) => paths.get(path)));
  }

  async function goToItem(item: number): Promise<HTMLElement | undefined> {
    const found = await pages.show(item);
    if (!found) return undefined;
    const slot = found.closest<HTMLElement>('.slot') ?? found;
    slot.scrollIntoView({ block: 'start' });
    if (!find.root.contains(document.activeElement)) found.focus({ preventScroll: true });
    return found;
  }

  async function goToFound(item: number, text: string): Promise<void> {
    const found = await goToItem(item);
    const wanted = squeezed(text);
    // What is folded is not made yet: it is opened to see.
    for (const fold of found?.querySelectorAll('details') ?? []) {
      const wasOpen = fold.open;
      openFold(fold);
      fold.open = wasOpen || squeezed(fold.textContent).includes(wanted);
    }
  }

  async function goTo(sought: Sought): Promise<void> {
    const { items: [first] } = await host.call('find', sought);
    if (first !== undefined) await goToFound(first, sought.text);
  }

  root.addEventListener('unfolded', (event) => {
    if (!(event.target instanceof HTMLElement)) return;
    void linkFiles(event.target, existing).catch(failed);
    find.mark();
  });
  const openLinked = (event: Event): void => {
    const link = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('.file') : undefined;
    const path = link?.dataset['path'];
    if (path === undefined) return;
    event.preventDefault();
    const line = Number(link?.dataset['line']);
    void host.call('openFile', { path, ...(line > 0 && { line }) }).catch(failed);
  };
  root.addEventListener('click', openLinked);
  root.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') openLinked(event);
  });

  return {
    root, goTo,
    async show(now) {
      ({ turns, items: total } = now);
      head.replaceChildren(headElement(now, words));
      outline.show(turns);
      await pages.resize(total);
      void linkFiles(head, existing).catch(failed);
    },
    async begin(sought) {
      const { item, offset, find: wanted } = keeping.state;
      if (sought) await goTo(sought);
      else if (item > 0 || offset !== 0) {
        const slot = (await pages.show(item))?.closest('.slot');
        slot?.scrollIntoView({ block: 'start' });
        scroller.scrollTop += offset;
      }
      top.watch();
      if (wanted !== '') find.restore(wanted);
    },
    find: () => find.open(),
    dispose() {
      top.dispose();
      pages.dispose();
      root.remove();
    },
  };
}

function squeezed(text: string): string {
  return text.toLowerCase().replace(/\s+/g, ' ').trim();
}
