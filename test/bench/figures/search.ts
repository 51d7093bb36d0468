import { execFile, execFileSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openStore } from '../../../server/store/store.ts';
import { cache } from '../../support/places.ts';
import { median, percentile, plainRow, ratioRow, seconds, type Figure, type Row } from '../figure.ts';
import { commonWord, planted } from '../workload.ts';

const times = 40;

const questions: readonly { readonly name: string; readonly words: readonly string[] }[] = [
  { name: 'a rare word', words: [planted.once] },
  { name: 'a word of one record in 5,000', words: [planted.sometimes] },
  { name: 'the most common word', words: [commonWord] },
  { name: 'three rare words', words: planted.threeWords },
  { name: 'three common words', words: ['function', 'return', 'const'] },
];

export const search: Figure = {
  name: 'search',
  async measure(bench) {
    const large = await bench.large();
    const store = openStore(large.folder);
    const ripgrep = findRipgrep();
    const isLong = bench.records >= 5_000_000;
    const rows: Row[] = [];
    const all: number[] = [];
    for (const { name, words } of questions) {
      const taken = Array.from({ length: times }, () => milliseconds(() => store.queries.search(words.join(' '), { limit: 20 })));
      const greps: number[] = [];
      for (let done = 0; done < bench.runs; done++) greps.push(await seconds(() => grep(ripgrep, words, large.plain)) * 1_000);
      const reference = median(greps);
      all.push(percentile(taken, 0.95));
      rows.push(ratioRow({
        figure: `search: ${name}, 20 results with passages`, unit: 'ms', against: ripgrep ? 'ripgrep' : 'grep', daybook: median(taken), reference,
      }, { atMost: isLong ? 0.02 : 0.1 }));
    }
    rows.push(plainRow('search: the slowest of these, 95th percentile', 'ms', Math.max(...all), isLong ? 50 : 25));
    store.close();
    return rows;
  },
};

export const prefix: Figure = {
  name: 'prefix',
  async measure(bench) {
    const store = openStore((await bench.large()).folder);
    const letters = ['co', 're', 'no', 'ty', 'ex', 'me', 'ki', 'qu', 'zy', 'xi', 'jo', 'wh'];
    const taken = letters.flatMap((typed) => Array.from({ length: 10 }, () => milliseconds(() => store.queries.search(typed, { limit: 20, typing: true }))));
    store.close();
    return [plainRow('search: two letters as you type, 95th percentile', 'ms', percentile(taken, 0.95), bench.records >= 5_000_000 ? 25 : 10)];
  },
};

function milliseconds(work: () => unknown): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

/** On the path, or the one that VS Code brings along. */
export function findRipgrep(): string | undefined {
  try {
    execFileSync('rg', ['--version'], { stdio: 'ignore' });
    return 'rg';
  } catch {
    return existsSync(cache) ? globSync(join(cache, '**', 'ripgrep*', 'bin', `${process.platform}-${process.arch}`, 'rg'))[0] : undefined;
  }
}

const run = promisify(execFile);

/** All lines that hold all the words: the later words are looked for in what the first one found. */
export async function grep(ripgrep: string | undefined, words: readonly string[], file: string): Promise<void> {
  const tool = ripgrep ?? 'grep';
  const flags = ripgrep ? ['--no-config', '-a', '-i', '-F'] : ['-a', '-i', '-F'];
  const pipeline = words.map((word, at) => `${quoted(tool)} ${flags.join(' ')} ${quoted(word)} ${at === 0 ? quoted(file) : ''}`).join(' | ');
  await run('sh', ['-c', `${pipeline} | wc -l`]).catch((error: unknown) => {
    if ((error as { code?: unknown }).code !== 1) throw error; // 1: nothing found
  });
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
