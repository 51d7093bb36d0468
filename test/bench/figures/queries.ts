import { setTimeout as wait } from 'node:timers/promises';
import { openStore } from '../../../server/store/store.ts';
import { seeded } from '../../server/durability/random.ts';
import { median, plainRow, type Figure } from '../figure.ts';
import { lastDay } from '../workload.ts';

/** Answers that are not counted: the others are asked of a server that has answered before, whose code V8 has compiled. */
const warmUp = 300;
/** Questions of one kind, one after the other, in each run. */
const times = 60;
/** Between two runs: on a machine that is shared, whatever else runs there comes and goes in seconds. */
const pauseMs = 3_000;
const dayMs = 86_400_000;

interface Query {
  readonly figure: string;
  readonly ask: () => unknown;
  /** Milliseconds. */
  readonly atMost: number;
  /** Whether it takes so long that it is asked a few times only. */
  readonly isLong?: true;
}

export const queries: Figure = {
  name: 'queries',
  async measure(bench) {
    const store = openStore((await bench.large()).folder);
    const random = seeded(5);
    const days = Math.max(1, Math.floor(bench.records / 22_000));
    const someTime = (): number => lastDay - Math.floor(random() * days) * dayMs + 9 * 3_600_000 + Math.floor(random() * 6 * 3_600_000);
    const sessions = store.queries.sessions(1_000).filter(({ kind }) => kind === 'chat').map(({ id }) => id);
    const ids = Array.from({ length: 300 }, () => [...take(store.queries.scan({ since: someTime() }), 1)][0]?.id ?? '');
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
    const asked: readonly Query[] = [
      { figure: 'last 50', ask: () => store.queries.latest(lastDay, 50), atMost: 1 },
      { figure: 'one chat session', ask: () => store.queries.sessionRecords(pick(sessions)), atMost: 1 },
      { figure: '50 commands from some time on', ask: () => [...take(store.queries.scan({ since: someTime(), kinds: ['terminal.command'] }), 50)], atMost: 1 },
      { figure: 'by id', ask: () => store.queries.record(pick(ids)), atMost: 1 },
      { figure: 'dashboard of everything', ask: () => store.queries.statistics.rows({ since: 0, until: 1e6 }), atMost: 50, isLong: true },
    ];
    const taken = new Map(asked.map((query) => [query, [] as number[]]));
    for (const { ask, isLong } of asked) for (let done = 0; done < (isLong ? 10 : warmUp); done++) ask();
    for (let run = 0; run < bench.runs; run++) {
      if (run > 0) await wait(pauseMs);
      for (const query of asked) {
        for (let done = 0; done < (query.isLong ? 2 : times); done++) {
          const started = performance.now();
          query.ask();
          taken.get(query)?.push(performance.now() - started);
        }
      }
    }
    const rows = asked.map((query) => plainRow(`query: ${query.figure}, median`, 'ms', median(taken.get(query) ?? []), query.atMost));
    store.close();
    return rows;
  },
};

function* take<T>(all: Iterable<T>, count: number): Generator<T> {
  let left = count;
  for (const one of all) {
    yield one;
    if (--left <= 0) return;
  }
}
