import { openReader } from '../../../server/reader.ts';
import { median, percentile, plainRow, seconds, type Bench, type Figure, type Row } from '../figure.ts';
import { commonWord } from '../workload.ts';
import { findRipgrep, grep } from './search.ts';

const times = 60;
/** A page of the side bar, and the pinned sessions that stand above it. */
const [pageSize, mostPinned] = [100, 200];
const questions: readonly { readonly name: string; readonly words: readonly string[] }[] = [
  { name: 'the most common word', words: [commonWord] },
  { name: 'three words with the most common', words: [commonWord, 'return', 'const'] },
];

/** What somebody waits for who looks for something: the first page of sessions and the answers of a search, as the server gives them. */
export const finding: Figure = {
  name: 'finding',
  isApart: true,
  async measure(bench) {
    const large = await bench.large();
    const reader = openReader(large.folder);
    const rows: Row[] = [];
    for (const { name, words } of questions) {
      const query = words.join(' ');
      const reference = await ripgrep(bench, words, large.plain);
      const beside = (figure: string, taken: readonly number[]): Row => ({
        ...plainRow(`${figure}: ${name}, 95 of 100`, 'ms', percentile(taken, 0.95), 50), reference, against: findRipgrep() ? 'ripgrep' : 'grep',
      });
      rows.push(beside('search in the server', measured(() => reader.search({ query, limit: 20 }))));
      rows.push(beside('search as the palette asks', measured(() => reader.search({ query, limit: 50, typing: true, grouped: true }))));
    }
    rows.push(plainRow('first page of sessions, as the side bar asks, 95 of 100', 'ms', percentile(measured(() => {
      reader.sessions({ limit: pageSize });
      reader.sessions({ limit: mostPinned, only: 'pinned' });
    }), 0.95), 20));
    await reader.close();
    return rows;
  },
};

/** Milliseconds, of each. */
function measured(work: () => unknown): number[] {
  return Array.from({ length: times }, () => {
    const started = performance.now();
    work();
    return performance.now() - started;
  });
}

/** Milliseconds over the same records as plain lines. */
async function ripgrep(bench: Bench, words: readonly string[], plain: string): Promise<number> {
  const taken: number[] = [];
  for (let run = 0; run < bench.runs; run++) taken.push(await seconds(() => grep(findRipgrep(), words, plain)) * 1_000);
  return median(taken);
}
