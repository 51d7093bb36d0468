import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serverLaunch } from '../../../client/connection/launch.ts';
import { startServer, type RunningServer } from '../../support/languageServer.ts';
import { differenceRow, median, paired, plainRow, type Figure, type Missing } from '../figure.ts';
import { batches, workload } from '../workload.ts';

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const onlyLinux = (figure: string): Missing => ({ figure, missing: 'only Linux tells of a process what is needed' });

/** What /proc says of a process: resident megabytes, milliseconds of processor time, times that any of its threads woke up. */
function look({ pid = 0 }: Pick<ChildProcess, 'pid'>): { readonly resident: number; readonly cpu: number; readonly woken: number } {
  const number = (text: string, name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? Number.NaN);
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  const woken = readdirSync(`/proc/${pid}/task`).map((task) => number(readFileSync(`/proc/${pid}/task/${task}/status`, 'utf8'), 'voluntary_ctxt_switches'));
  return {
    resident: number(readFileSync(`/proc/${pid}/status`, 'utf8'), 'VmRSS') / 1_024,
    cpu: (Number(stat[11]) + Number(stat[12])) * 10,
    woken: woken.reduce((sum, count) => sum + count, 0),
  };
}

function bareNode(): ChildProcess {
  return spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e9)'], { stdio: 'ignore' });
}

/** Language servers after a burst of 20,000 records and some searches, once they are left alone. Started as the extension starts them. */
export const idle: Figure = {
  name: 'idle',
  async measure(bench) {
    if (process.platform !== 'linux') return [onlyLinux('server at idle')];
    const servers: RunningServer[] = [];
    const bare: ChildProcess[] = [];
    try {
      for (let run = 0; run < bench.runs; run++) {
        bare.push(bareNode());
        const folder = bench.folder();
        const server = await startServer({ settings: { dataDirectory: join(folder, 'data') }, home: folder, launch: serverLaunch });
        servers.push(server);
      }
      await Promise.all(servers.map(keepBusy));
      await wait(25_000);
      const before = servers.map((server) => look(server.process));
      await wait(10_000);
      const after = servers.map((server) => look(server.process));
      const resident = after.map((each) => each.resident);
      bench.say(`  MB: ${resident.map((each) => each.toFixed(1)).join(', ')}`);
      const grown = (what: 'cpu' | 'woken'): number => median(after.map((each, at) => each[what] - (before[at]?.[what] ?? 0)));
      return [
        differenceRow({ figure: 'server at idle: resident memory', unit: 'MB', against: 'bare Node', ...paired(resident, bare.map((each) => look(each).resident)) }, 40),
        plainRow('server at idle: processor time in 10 s', 'ms', grown('cpu'), 0),
        plainRow('server at idle: wake-ups in 10 s', 'times', grown('woken'), 0),
      ];
    } finally {
      for (const server of servers) await server.stop();
      for (const each of bare) each.kill();
    }
  },
};

async function keepBusy(server: RunningServer): Promise<void> {
  for (const records of batches(workload(20_000, 15), 100)) await server.connection.sendRequest('daybook/record', { records });
  for (let search = 0; search < 50; search++) await server.request('daybook/search', { query: 'function return' });
}

/** The store alone, in a process of its own, while 100,000 records are written to it. */
export const burst: Figure = {
  name: 'burst',
  async measure(bench) {
    if (process.platform !== 'linux') return [onlyLinux('burst')];
    const bare = bareNode();
    const child = spawn(process.execPath, [...serverLaunch.execArgv, join(import.meta.dirname, '../inside/burst.ts'), join(bench.folder(), 'data')], {
      stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...serverLaunch.env },
    });
    let said = '';
    child.stdout.on('data', (piece: Buffer) => (said += piece.toString()));
    const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
    const { before, most } = JSON.parse(said || '{}') as { before?: number; most?: number };
    const reference = look(bare).resident;
    bare.kill();
    if (code !== 0 || before === undefined || most === undefined) return [{ figure: 'burst', missing: `the process ended with ${code}` }];
    // The process also makes the records: what that takes at most by itself is not the store's.
    return [differenceRow({ figure: 'persistence in a burst of 100,000 records: resident memory', unit: 'MB', against: 'bare Node', daybook: reference + most - before, reference }, 50)];
  },
};
