/** Entry point: the thread that makes backups and tries them out, or encrypts the record. It has its own connection to the store, so that nobody waits for it, and ends with its work. */

import { parentPort, workerData } from 'node:worker_threads';
import { encryptIn } from '../encryptingThread.ts';
import type { EncryptStart } from '../lsp/encryption.ts';
import type { UpkeepStart } from '../lsp/upkeep.ts';
import { createLevelTable } from '../log/levels.ts';
import { createLog } from '../log/log.ts';
import { doUpkeep } from '../upkeep.ts';

const start = workerData as UpkeepStart | EncryptStart;
if ('encrypt' in start) void encryptIn(start.encrypt, start.passphrase, start.keyId, (message) => parentPort?.postMessage(message));
else doUpkeep(start.dataDirectory, start.plan, start.now, createLog({ levels: createLevelTable(start.levels), process: 'worker', sink: (line) => parentPort?.postMessage(line) }));
