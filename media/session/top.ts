/** Which item is at the top of the window: what is being read. */

export interface Top {
  readonly item: number;
  /** Something else than the person moved or changed the page. */
  look(): void;
  /** From now on what is scrolled counts: what went before was not the person. */
  watch(): void;
  dispose(): void;
}

/** @param moved gets the item, and how far its top is above that of the window, pixels */
export function createTop(scroller: HTMLElement, pages: HTMLElement, moved: (item: number, offset: number) => void): Top {
  let item = 0;
  let asked = 0;
  let isWatching = false;

  function look(): void {
    asked = 0;
    const edge = scroller.getBoundingClientRect().top;
    for (const slot of pages.querySelectorAll<HTMLElement>('.slot')) {
      const { top, bottom } = slot.getBoundingClientRect();
      if (bottom <= edge + 1) continue;
      item = Number(slot.querySelector<HTMLElement>('[data-item]')?.dataset['item'] ?? 0);
      // Above the first item is the head of the document.
      return moved(item, item === 0 && top > edge ? 0 : edge - top);
    }
  }

  const scrolled = (): void => {
    asked ||= requestAnimationFrame(look);
  };
  return {
    get item() {
      return item;
    },
    look() {
      if (isWatching) scrolled();
    },
    watch() {
      isWatching = true;
      scroller.addEventListener('scroll', scrolled, { passive: true });
      scrolled();
    },
    dispose() {
      cancelAnimationFrame(asked);
      scroller.removeEventListener('scroll', scrolled);
    },
  };
}
