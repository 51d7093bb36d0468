import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { serverLaunch } from '../../../client/connection/launch.ts';
import { startServer } from '../../support/languageServer.ts';
import { writeLargeHome } from '../../support/largeHome/home.ts';
import { percentile, plainRow, seconds, type Bench, type Figure, type Missing, type Row } from '../figure.ts';
import { mostResident } from '../proc.ts';
import { queries, searchEveryMs, sessionsOfMegabyte } from './scale.ts';

/** Searches between two looks at how far it is. */
const lookEvery = 10;

/** The language server while it reads a home of all tools for the first time, and is searched meanwhile. */
export const serving: Figure = {
  name: 'serving',
  isApart: true,
  async measure(bench) {
    if (process.platform !== 'linux') return [{ figure: 'serving', missing: 'only Linux tells of a process what is needed' } satisfies Missing];
    const home = bench.folder();
    bench.say(`  a home of ${bench.megabytes} MB …`);
    writeLargeHome(home, { sessions: bench.megabytes * sessionsOfMegabyte, bytes: bench.megabytes * 1e6 });
    return [...await served(bench, home, 'as VS Code starts it', serverLaunch), ...await served(bench, home, 'as other editors do', undefined)];
  },
};

async function served(bench: Bench, home: string, how: string, launch: typeof serverLaunch | undefined): Promise<Row[]> {
  const server = await startServer({ settings: { dataDirectory: join(bench.folder(), 'data') }, home, ...(launch && { launch }) });
  const waited: number[] = [];
  const isRead = async (): Promise<boolean> => (await server.request('daybook/status', {})).imported !== undefined;
  try {
    while (waited.length % lookEvery !== 0 || !(await isRead())) {
      const query = queries[waited.length % queries.length] ?? '';
      waited.push(await seconds(() => server.request('daybook/search', { query, grouped: true })) * 1_000);
      await sleep(searchEveryMs);
    }
    return [
      plainRow(`server that imports ${bench.megabytes} MB, ${how}: resident memory at most`, 'MB', mostResident(server.process.pid), 300),
      plainRow(`server that imports, ${how}: a search meanwhile, middle`, 'ms', percentile(waited, 0.5), 100),
      plainRow(`server that imports, ${how}: a search meanwhile, 95 of 100`, 'ms', percentile(waited, 0.95), 100),
    ];
  } finally {
    await server.stop();
  }
}
