/** Entry point: the thread that makes backups and tries them out. It has its own connection to the store, so that nobody waits for it, and ends with its work. */

import { parentPort, workerData } from 'node:worker_threads';
import type { UpkeepStart } from '../lsp/upkeep.ts';
import { createLevelTable } from '../log/levels.ts';
import { createLog } from '../log/log.ts';
import { doUpkeep } from '../upkeep.ts';

const { dataDirectory, plan, now, levels } = workerData as UpkeepStart;
doUpkeep(dataDirectory, plan, now, createLog({ levels: createLevelTable(levels), process: 'worker', sink: (line) => parentPort?.postMessage(line) }));
