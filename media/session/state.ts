/** What a person did to the page, kept over reload: where it stands, what is unfolded, what is looked for. */

export interface PageState {
  readonly id: string;
  /** Number of the item at the top, and how far above it the top is, pixels. */
  readonly item: number;
  readonly offset: number;
  /** Names of folds that are not as they are by themselves. */
  readonly unfolded: readonly string[];
  readonly outline: boolean;
  readonly find: string;
}

const mostFolds = 1_000;

export interface Keeping {
  readonly state: PageState;
  /** Soon, and not at every step of a scroll. */
  keep(change: Partial<PageState>): void;
  unfold(name: string, isOpen: boolean): void;
  isUnfolded(name: string): boolean;
}

/** @param before what was kept last time, by this or another version */
export function createKeeping(id: string, before: unknown, save: (state: PageState) => void): Keeping {
  const known = (typeof before === 'object' && before !== null ? before : {}) as Partial<PageState>;
  const fits = known.id === id;
  const unfolded = new Set<string>(fits && Array.isArray(known.unfolded) ? known.unfolded : []);
  let state: PageState = {
    id, item: fits ? Number(known.item) || 0 : 0, offset: fits ? Number(known.offset) || 0 : 0, unfolded: [...unfolded],
    outline: known.outline !== false, find: fits && typeof known.find === 'string' ? known.find : '',
  };
  let timer: ReturnType<typeof setTimeout> | undefined;

  function keep(change: Partial<PageState>): void {
    state = { ...state, ...change };
    timer ??= setTimeout(() => {
      timer = undefined;
      save(state);
    }, 150);
  }

  return {
    get state() {
      return state;
    },
    keep,
    unfold(name, isOpen) {
      if (unfolded.has(name) === isOpen) return;
      if (isOpen) unfolded.add(name);
      else unfolded.delete(name);
      keep({ unfolded: [...unfolded].slice(-mostFolds) });
    },
    isUnfolded: (name) => unfolded.has(name),
  };
}
