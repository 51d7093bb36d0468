/** The filters of the language: the only list, for the parser, for completion and for help. */

interface FilterMeaning {
  /** For help: what it narrows down to. */
  readonly says: string;
  /** The only values there are; any when absent. */
  readonly values?: readonly string[];
}

export const filters = {
  source: { says: 'the tool or editor it came from' },
  kind: { says: 'the kind of record, such as terminal.command' },
  family: { says: 'the family of records', values: ['chats', 'events', 'tasks', 'tool_executions', 'workflows'] },
  actor: { says: 'who did it: user, agent, agent:name, external or unknown' },
  workspace: { says: 'a folder or part of its path' },
  file: { says: 'a file or part of its path' },
  session: { says: 'the id of a session' },
  tag: { says: 'a tag of the session' },
  model: { says: 'the model that answered' },
  tool: { says: 'the tool an agent called' },
  exit: { says: 'the exit code of a command' },
  is: { says: 'a quality of the record', values: ['error', 'pinned'] },
  has: { says: 'something it holds', values: ['attachment'] },
  before: { says: 'earlier than a day or moment' },
  after: { says: 'from the beginning of a day or moment on' },
  during: { says: 'within a day, week, month or year' },
} as const satisfies Record<string, FilterMeaning>;

export type FilterName = keyof typeof filters;

export const filterNames = Object.keys(filters) as FilterName[];

export function isFilterName(name: string): name is FilterName {
  return Object.hasOwn(filters, name);
}

/** The values a filter is limited to, or undefined when it takes any. */
export function valuesOf(name: FilterName): readonly string[] | undefined {
  const meaning: FilterMeaning = filters[name];
  return meaning.values;
}

/** Names and values are short: what is longer resembles none of them, and comparing it would cost time. */
const longest = 20;

/** The candidate that differs by one slip of the finger, or by two where the word is longer than four letters. Nothing is like a shorter word. */
export function nearest(typed: string, candidates: readonly string[]): string | undefined {
  if (typed.length > longest || typed.length < 4) return undefined;
  const allowed = typed.length > 4 ? 2 : 1;
  const close = candidates.map((candidate) => ({ candidate, slips: slips(typed.toLowerCase(), candidate) }))
    .filter((each) => each.slips <= allowed).sort((a, b) => a.slips - b.slips);
  return close[0]?.candidate;
}

/** Letters to insert, leave out, replace, or swap with their neighbour. */
function slips(a: string, b: string): number {
  let [older, last]: number[][] = [[], Array.from({ length: b.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(cell(last, j) + 1, cell(row, j - 1) + 1, cell(last, j - 1) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, cell(older, j - 2) + 1);
      row.push(least);
    }
    [older, last] = [last, row];
  }
  return cell(last, b.length);
}

function cell(row: readonly number[] | undefined, at: number): number {
  return row?.[at] ?? Infinity;
}
