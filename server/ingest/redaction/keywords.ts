/**
 * Finds many keywords in one pass: an Aho-Corasick automaton over ASCII, blind to case, as one flat table.
 * One table look-up per character, whatever the number of rules.
 */

/** Called where a keyword begins, with the values registered for it. */
type OnKeyword<T> = (at: number, value: T) => void;

interface Node<T> {
  readonly children: Map<number, number>;
  /** The keywords that end here, shorter ones at the end of longer ones included. */
  readonly ends: { readonly length: number; readonly value: T }[];
}

/** A function that walks a text and reports every occurrence of every keyword, in the order of their last characters. */
export function createKeywordScan<T>(entries: Iterable<readonly [keyword: string, value: T]>): (text: string, on: OnKeyword<T>) => void {
  const { nodes, classes, width } = buildTrie(entries);
  const table = buildTable(nodes, width);
  const ends = new Map(nodes.map((node, state) => [state * width, node.ends]));
  return (text, on) => {
    let [at, row] = [0, 0];
    while (at < text.length) {
      ({ at, row } = nextEnd(text, at, row));
      if (row >= 0) return;
      row = -row;
      for (const { length, value } of ends.get(row) ?? []) on(at - length, value);
    }
  };

  /** Goes on to behind the character with which a keyword ends: then the row is negative. */
  function nextEnd(text: string, from: number, begin: number): { readonly at: number; readonly row: number } {
    const [rows, kinds, length] = [table, classes, text.length];
    let [at, row] = [from, begin];
    // The one loop that looks at every character of everything: it calls nothing, so that the compiler keeps what it reads from at hand.
    while (at < length && row >= 0) {
      const code = text.charCodeAt(at++);
      row = rows[row + (kinds[code < 128 ? code : 0] as number)] as number;
    }
    return { at, row };
  }
}

/** Class 0 is every character that no keyword has. */
function buildTrie<T>(entries: Iterable<readonly [string, T]>): { nodes: Node<T>[]; classes: Uint8Array; width: number } {
  const nodes: Node<T>[] = [{ children: new Map(), ends: [] }];
  const classes = new Uint8Array(128);
  let width = 1;
  for (const [keyword, value] of entries) {
    let node = 0;
    for (const character of keyword) {
      const code = character.charCodeAt(0);
      if (classes[code] === 0) {
        classes[code] = width;
        classes[character.toUpperCase().charCodeAt(0)] = width++;
      }
      node = childOf(nodes, node, classes[code] ?? 0);
    }
    nodes[node]?.ends.push({ length: keyword.length, value });
  }
  return { nodes, classes, width };
}

function childOf<T>(nodes: Node<T>[], parent: number, symbol: number): number {
  const children = nodes[parent]?.children;
  const known = children?.get(symbol);
  if (known !== undefined) return known;
  nodes.push({ children: new Map(), ends: [] });
  children?.set(symbol, nodes.length - 1);
  return nodes.length - 1;
}

/**
 * The row to go to from each row with each class, negative where a keyword ends there. Rows are copied whole and only what differs is set:
 * a loop over every cell would be the first thing that the compiler optimises in every process, for ten megabytes.
 */
function buildTable<T>(nodes: readonly Node<T>[], width: number): Int32Array {
  const { order, fallback } = walkBreadthFirst(nodes);
  const table = new Int32Array(nodes.length * width);
  for (const state of order) {
    if (state !== 0) table.copyWithin(state * width, (fallback[state] ?? 0) * width, ((fallback[state] ?? 0) + 1) * width);
    for (const [symbol, child] of nodes[state]?.children ?? []) {
      const hasEnd = (nodes[child]?.ends.length ?? 0) > 0;
      table[state * width + symbol] = (hasEnd ? -child : child) * width;
    }
  }
  return table;
}

/** The longest proper suffix of each state that is a state, too. Shorter keywords are complete before longer ones need them. */
function walkBreadthFirst<T>(nodes: readonly Node<T>[]): { readonly order: readonly number[]; readonly fallback: Uint16Array } {
  const fallback = new Uint16Array(nodes.length);
  const order = [0];
  for (const state of order) {
    const node = nodes[state];
    if (state !== 0) node?.ends.push(...(nodes[fallback[state] ?? 0]?.ends ?? []));
    for (const [symbol, child] of node?.children ?? []) {
      let shorter = fallback[state] ?? 0;
      while (shorter !== 0 && nodes[shorter]?.children.get(symbol) === undefined) shorter = fallback[shorter] ?? 0;
      const next = nodes[shorter]?.children.get(symbol);
      fallback[child] = state === 0 || next === undefined ? 0 : next;
      order.push(child);
    }
  }
  return { order, fallback };
}
