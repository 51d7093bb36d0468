/**
 * The items of a session, a page at a time: a page is filled when it comes near the window and emptied when it is far away. An empty page
 * keeps the height that it had, or that pages have on the average, so that the bar at the side tells the truth.
 */

import { element } from './dom.ts';

export const pageItems = 25;
const firstGuess = 90;
/** Pixels around the window within which pages are filled. */
const margin = 1_500;

export interface PagesWorld {
  readonly scroller: HTMLElement;
  /** Makes the elements of some items, one each. Rejects when the host does not answer. */
  readonly ask: (from: number, limit: number) => Promise<readonly { readonly key: string; readonly make: () => HTMLElement }[]>;
  readonly filled: (page: HTMLElement) => void;
  readonly failed: (error: unknown) => void;
}

export interface Pages {
  readonly root: HTMLElement;
  /** There are so many items now; what is shown and has changed is shown anew. */
  resize(items: number): Promise<void>;
  /** Resolves when the item is there, as an element below `root`; undefined when there is none of this number. */
  show(item: number): Promise<HTMLElement | undefined>;
  dispose(): void;
}

interface Page {
  readonly root: HTMLElement;
  near: boolean;
  loading?: Promise<void>;
  /** What its items were made of; empty while the page is. */
  keys: readonly string[];
}

export function createPages({ scroller, ask, filled, failed }: PagesWorld): Pages {
  const root = element('div', { class: 'pages', role: 'feed' });
  const pages: Page[] = [];
  let total = 0;
  let known = { height: 0, items: 0 };
  const observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      const page = pages[Number((target as HTMLElement).dataset['page'])];
      if (!page) continue;
      page.near = isIntersecting;
      if (isIntersecting) void load(page).catch(failed);
      else empty(page);
    }
  }, { root: scroller, rootMargin: `${margin}px 0px` });

  const countOf = (page: Page): number => Math.min(pageItems, total - pages.indexOf(page) * pageItems);
  const guess = (page: Page): string => `${Math.round(countOf(page) * (known.items > 0 ? known.height / known.items : firstGuess))}px`;

  function empty(page: Page): void {
    // What somebody is in stays.
    if (page.keys.length === 0 || page.root.contains(document.activeElement)) return;
    page.root.style.height = `${page.root.offsetHeight}px`;
    page.root.replaceChildren();
    page.keys = [];
  }

  function load(page: Page, anew = false): Promise<void> {
    if (page.keys.length > 0 && !anew) return Promise.resolve();
    page.loading ??= put(page).finally(() => {
      delete page.loading;
    });
    return page.loading;
  }

  async function put(page: Page): Promise<void> {
    root.setAttribute('aria-busy', 'true');
    const items = await ask(pages.indexOf(page) * pageItems, pageItems);
    const before = [...page.root.children];
    const elements = items.map(({ key, make }, at) => (page.keys[at] === key ? before[at] ?? make() : make()));
    page.root.style.height = '';
    page.root.replaceChildren(...elements);
    page.keys = items.map(({ key }) => key);
    known = { height: known.height + page.root.offsetHeight, items: known.items + items.length };
    root.removeAttribute('aria-busy');
    filled(page.root);
  }

  return {
    root,
    async resize(items) {
      total = items;
      const count = Math.ceil(items / pageItems);
      for (const gone of pages.splice(count)) {
        observer.unobserve(gone.root);
        gone.root.remove();
      }
      const there = pages.filter(({ keys }) => keys.length > 0);
      while (pages.length < count) {
        const page: Page = { root: element('div', { class: 'page', 'data-page': pages.length, role: 'presentation' }), near: false, keys: [] };
        pages.push(page);
        page.root.style.height = guess(page);
        root.append(page.root);
        observer.observe(page.root);
      }
      await Promise.all(there.map((page) => load(page, true)));
    },
    async show(item) {
      const page = pages[Math.floor(item / pageItems)];
      if (!page) return undefined;
      await load(page);
      return page.root.querySelector<HTMLElement>(`[data-item="${item}"]`) ?? undefined;
    },
    dispose() {
      observer.disconnect();
      root.remove();
    },
  };
}
