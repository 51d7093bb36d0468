/**
 * A program under test: uses a store while its file system fails at one call after the other, and looks each time whether everything that was
 * acknowledged is there, once. Prints what it found wrong, as JSON. Run with `--import` of test/support/faults.ts.
 */

import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createIngest } from '../../../server/ingest/pipeline.ts';
import { createRedactor } from '../../../server/ingest/redact.ts';
import { contentHash, revisionId } from '../../../server/store/indexer.ts';
import { openStore, type Store } from '../../../server/store/store.ts';
import type { DaybookRecord } from '../../../shared/record.ts';
import type { FaultPlan } from '../../support/faultPlan.ts';
import { faults } from '../../support/faults.ts';
import { wrong, type Expected } from './outcome.ts';
import { seeded } from './random.ts';
import { release, sqliteFaults, type SqlitePlan } from './sqliteFaults.ts';

const [root = '', seedText = '1', casesText = '1', killAt] = process.argv.slice(2);
const seed = Number(seedText);
const kinds = ['ENOSPC', 'EIO', 'EACCES', 'EROFS', 'short'] as const;
const sqliteKinds = ['SQLITE_BUSY', 'SQLITE_FULL', 'SQLITE_IOERR'] as const;
const redactor = createRedactor();

function record(number: number, random: () => number): DaybookRecord {
  const time = new Date(Date.UTC(2026, 10, 1 + (number % 3)) + number * 1_000).toISOString();
  const text = `word${number} ${'x'.repeat(Math.floor(random() * 500))}`;
  return number % 2 === 0
    ? { specversion: '1.0', id: `e${number}`, source: 'lsp', type: 'dev.daybook.event.note', time, data: { text } }
    : { specversion: '1.0', id: `t:s${number % 5}:${number}`, source: 't', type: 'dev.daybook.chat.message', time, sessionid: `t:s${number % 5}`, data: { role: 'user', parts: [{ type: 'text', content: text }] } };
}

/** A message with a picture, and its bytes. */
function withPicture(number: number): { readonly record: DaybookRecord; readonly contents: ReadonlyMap<string, Uint8Array> } {
  const bytes = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(2_000, number)]);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const time = new Date(Date.UTC(2026, 10, 4) + number * 1_000).toISOString();
  const data = { role: 'user', parts: [{ type: 'blob', mimeType: 'image/png', bytes: bytes.length, sha256 }] };
  return { record: { specversion: '1.0', id: `t:p:${number}`, source: 't', type: 'dev.daybook.chat.message', time, sessionid: 't:p', data }, contents: new Map([[sha256, bytes]]) };
}

/** Some of everything that writes. Each step is acknowledged when it returns. */
async function use(store: Store, random: () => number, expected: Expected, acknowledge: (ids: readonly string[]) => void): Promise<void> {
  const ingest = createIngest({ store, redactor, hashes: { contentHash, revisionId }, attachments: { files: store.attachments, maxBytes: () => 1 << 20 } });
  let number = 0;
  const some = async (): Promise<void> => {
    const records = Array.from({ length: 1 + Math.floor(random() * 8) }, () => record(number++, random));
    await ingest.submit({ records, source: 't', cursor: { path: '/far/file', source: 't', cursor: JSON.stringify({ number }), sessions: [] } });
    acknowledge(records.map(({ id }) => id));
  };
  await some();
  const picture = withPicture(Math.floor(random() * 200));
  await ingest.submit({ records: [picture.record], source: 't', contents: picture.contents });
  acknowledge([picture.record.id]);
  await some();
  store.seal({ everything: true });
  await some();
  const wanted = [...expected.there].filter((id) => id.startsWith('e')).slice(0, 2);
  for (const id of wanted) expected.gone.add(id);
  store.forget({ records: wanted, sessions: [] });
  for (const id of wanted) expected.there.delete(id);
  await some();
  store.seal({ everything: true });
}

interface Plans {
  readonly files?: FaultPlan;
  readonly sqlite?: SqlitePlan;
}

interface Attempt {
  readonly failures: string[];
  /** Of the file system and of SQLite, until it was over or was refused. */
  readonly calls: { readonly files: number; readonly sqlite: number };
  readonly made: number;
  readonly refusal: string | undefined;
}

async function attempt(at: string, random: () => number, plans: Plans): Promise<Attempt> {
  const expected: Expected = { there: new Set(), gone: new Set() };
  let refusal: string | undefined;
  const store = openStore(at);
  Object.assign(faults, { plan: plans.files, calls: 0, made: 0 });
  Object.assign(sqliteFaults, { plan: plans.sqlite, calls: 0, made: 0 });
  try {
    await use(store, random, expected, (ids) => ids.forEach((id) => expected.there.add(id)));
  } catch (error) {
    refusal = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
  const result = { calls: { files: faults.calls, sqlite: sqliteFaults.calls }, made: faults.made + sqliteFaults.made, refusal };
  faults.plan = undefined;
  sqliteFaults.plan = undefined;
  release();
  store.close();
  return { failures: wrong(at, expected), ...result };
}

async function main(): Promise<void> {
  const random = seeded(seed);
  mkdirSync(root, { recursive: true });
  if (killAt !== undefined) {
    const expected: Expected = { there: new Set(), gone: new Set() };
    const store = openStore(join(root, 'data'));
    Object.assign(faults, { plan: { below: root, fault: seed % 2 === 0 ? 'killed' : 'killed after', at: Number(killAt) }, calls: 0, made: 0 });
    await use(store, random, expected, (ids) => {
      ids.forEach((id) => expected.there.add(id));
      writeSync(1, `${ids.join(' ')}\n`); // what the process was told before it died
    });
    store.close();
    return;
  }
  const found: { readonly what: string; readonly failures: readonly string[] }[] = [];
  const sentences = new Set<string>();
  let faultsMade = 0;
  const { calls } = await attempt(join(root, 'without'), seeded(seed), { files: { below: root, fault: 'EIO', at: Infinity } });
  for (let run = 0; run < Number(casesText); run++) {
    const at = join(root, `case ${run}`);
    const times = run % 4 === 3 ? 1_000_000 : 1 + Math.floor(random() * 3);
    const point = (limit: number): number => 1 + Math.floor(random() * limit);
    const plans: Plans = run % 2 === 0
      ? { files: { below: root, fault: kinds[(run / 2) % kinds.length] ?? 'EIO', at: point(calls.files), times } }
      : { sqlite: { fault: sqliteKinds[((run - 1) / 2) % sqliteKinds.length] ?? 'SQLITE_BUSY', at: point(calls.sqlite), times } };
    const result = await attempt(at, seeded(seed), plans);
    faultsMade += result.made;
    if (result.failures.length > 0) found.push({ what: JSON.stringify(plans), failures: result.failures });
    if (result.refusal !== undefined) sentences.add(result.refusal.replaceAll(at, '<data>'));
    rmSync(at, { recursive: true, force: true });
  }
  process.stdout.write(JSON.stringify({ found, faultsMade, calls: calls.files, sentences: [...sentences] }));
}

await main();
