/** The turns at the side: each with its question and its figures. Arrow keys walk, Enter goes there. */

import type { TurnOutline } from '../../shared/sessionView.ts';
import { element, fill } from './dom.ts';
import { turnFigures } from './item.ts';
import type { Words } from './words.ts';

export interface OutlineList {
  readonly root: HTMLElement;
  show(turns: readonly TurnOutline[]): void;
  /** Marks the turn that is being read. */
  mark(turn: number): void;
}

export function createOutline(words: Words, goTo: (turn: TurnOutline) => void): OutlineList {
  const list = element('ol', { class: 'turns' });
  const root = element('nav', { class: 'outline', 'aria-label': words.texts.outline }, element('h2', {}, words.texts.outline), list);
  let shown: readonly TurnOutline[] = [];
  let current = 0;

  const links = (): HTMLElement[] => [...list.querySelectorAll<HTMLElement>('button')];

  function mark(turn: number): void {
    if (turn === current) return;
    current = turn;
    for (const [at, link] of links().entries()) {
      const isIt = shown[at]?.index === turn;
      link.tabIndex = isIt ? 0 : -1;
      if (isIt) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
      if (isIt && !list.contains(document.activeElement)) link.scrollIntoView({ block: 'nearest' });
    }
  }

  function line(turn: TurnOutline, at: number): HTMLElement {
    const title = turn.prompt || (turn.index === 1 ? words.texts.beginning : fill(words.texts.turn, turn.index));
    const link = element('button', { type: 'button', tabindex: at === 0 ? 0 : -1 },
      element('span', { class: 'prompt' }, title), element('span', { class: 'figures' }, [words.time(turn.startedAt), ...turnFigures(turn, words)].join(' · ')));
    link.addEventListener('click', () => goTo(turn));
    return element('li', {}, link);
  }

  list.addEventListener('keydown', (event) => {
    const all = links();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const steps: Readonly<Record<string, number>> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 };
    const next = all[steps[event.key] ?? -1];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });

  return {
    root,
    show(turns) {
      const isSame = JSON.stringify(turns) === JSON.stringify(shown);
      if (isSame) return;
      shown = turns;
      list.replaceChildren(...turns.map(line));
      const before = current;
      current = 0;
      mark(before);
    },
    mark,
  };
}
