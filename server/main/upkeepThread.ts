/** Entry point: the thread that makes backups and tries them out. It has its own connection to the store, so that nobody waits for it, and ends with its work. */

import { workerData } from 'node:worker_threads';
import type { UpkeepStart } from '../lsp/upkeep.ts';
import { doUpkeep } from '../upkeep.ts';

const { dataDirectory, plan, now } = workerData as UpkeepStart;
doUpkeep(dataDirectory, plan, now);
