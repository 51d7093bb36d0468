import { openStore } from '../../../server/store/store.ts';
import { seeded } from '../../server/durability/random.ts';
import { median, plainRow, type Figure } from '../figure.ts';
import { lastDay } from '../workload.ts';

const times = 1_500;
/** They are asked of a server that has answered before: V8 has compiled all of what they run only after about a thousand of them. */
const before = 1_200;
const dayMs = 86_400_000;

export const queries: Figure = {
  name: 'queries',
  async measure(bench) {
    const store = openStore((await bench.large()).folder);
    const random = seeded(5);
    const days = Math.max(1, Math.floor(bench.records / 22_000));
    const someTime = (): number => lastDay - Math.floor(random() * days) * dayMs + 9 * 3_600_000 + Math.floor(random() * 6 * 3_600_000);
    const sessions = store.queries.sessions(1_000).filter(({ kind }) => kind === 'chat').map(({ id }) => id);
    const ids = Array.from({ length: times }, () => [...take(store.queries.scan({ since: someTime() }), 1)][0]?.id ?? '');
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
    const measure = (figure: string, query: () => unknown, atMost = 1, count = times, uncounted = before): ReturnType<typeof plainRow> => {
      for (let done = 0; done < uncounted; done++) query();
      const taken = Array.from({ length: count }, () => {
        const started = performance.now();
        query();
        return performance.now() - started;
      });
      return plainRow(`query: ${figure}, median`, 'ms', median(taken), atMost);
    };
    const rows = [
      measure('last 50', () => store.queries.latest(lastDay, 50)),
      measure('one chat session', () => store.queries.sessionRecords(pick(sessions))),
      measure('50 commands from some time on', () => [...take(store.queries.scan({ since: someTime(), kinds: ['terminal.command'] }), 50)]),
      measure('by id', () => store.queries.record(pick(ids))),
      measure('dashboard of everything', () => store.queries.statistics.rows({ since: 0, until: 1e6 }), 50, 10, 5),
    ];
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
