/** A file that is read again and again while its tool appends to it, byte by byte: what is kept is never wrong, doubled or half. */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createImportRun, type ImportRun } from '../../../server/importers/run.ts';
import { importers } from '../../../server/importers/registry.ts';
import { createIngest } from '../../../server/ingest/pipeline.ts';
import { createRedactor } from '../../../server/ingest/redact.ts';
import { openForeign } from '../../../server/store/foreign.ts';
import { contentHash, revisionId } from '../../../server/store/indexer.ts';
import { openStore, type Store } from '../../../server/store/store.ts';
import type { ChatMessage } from '../../../shared/session.ts';
import { openCore } from '../../support/core.ts';
import { folderForEachTest } from '../../support/folder.ts';
import { isThorough, thoroughly } from '../../support/thorough.ts';
import { examples, type Example } from './contract/examples.ts';
import { layHome } from './contract/home.ts';

const redactor = createRedactor();

/** Texts of the messages of some sessions, by id; each as it counts now. */
function messagesIn(store: Store, sessions: readonly string[]): Map<string, string> {
  const records = sessions.flatMap((session) => store.queries.sessionRecords(session)).filter(({ type }) => type === 'dev.daybook.chat.message');
  return new Map(records.map(({ id, data }) => {
    const { role, parts } = data as ChatMessage;
    return [id.replace(/~[0-9a-f]{12}$/, ''), `${role} ${parts.flatMap((part) => (part.type === 'text' ? [part.content] : [])).join('\n')}`];
  }));
}

describe('a file that grows while it is read', function () {
  this.timeout(isThorough() ? 900_000 : 60_000);
  const at = folderForEachTest();
  const isLines = ({ text }: Example): boolean => text.startsWith('{"') && text.indexOf('\n') < text.length - 1;
  let store: Store;
  let run: ImportRun;

  beforeEach(() => {
    layHome(at.path);
    start('data');
  });
  afterEach(() => store.close());

  function start(folder: string): void {
    store = openStore(join(at.path, folder));
    const { submit } = createIngest({ store, redactor, hashes: { contentHash, revisionId } });
    run = createImportRun({
      submit, cursor: (path) => store.cursors.get(path), cursorsOf: (source) => store.cursors.of(source), count: (sessions) => store.queries.count(sessions), openDatabase: openForeign,
    });
  }

  for (const example of examples.filter(isLines)) {
    it(`gives no half message: ${example.source}, ${example.format}`, async () => {
      const importer = importers.find(({ source }) => source === example.source);
      assert.ok(importer);
      const path = join(at.path, example.at);
      const bytes = Buffer.from(example.asking('The last one: 👩‍👩‍👧?'));
      const settle = (): void => utimesSync(path, Date.now() / 1_000 - 3_600, Date.now() / 1_000 - 3_600);
      writeFileSync(path, bytes);
      settle();
      const { sessions } = await run.file(path, importer);
      const whole = messagesIn(store, sessions);
      const figures = store.queries.count(sessions);
      store.close();
      start('grown');

      writeFileSync(path, '');
      let from = 0;
      for (const end of endsIn(bytes)) {
        appendFileSync(path, bytes.subarray(from, end));
        from = end;
        await run.file(path, importer);
        for (const [id, text] of messagesIn(store, sessions)) {
          assert.ok(whole.get(id)?.startsWith(text), `${id} says ${JSON.stringify(text)} after ${end} bytes`);
        }
        const { prompts } = store.queries.count(sessions);
        assert.ok(prompts <= figures.prompts, `${prompts} prompts after ${end} bytes`);
      }
      settle();
      await run.file(path, importer);
      assert.deepEqual(messagesIn(store, sessions), whole);
      assert.deepEqual(store.queries.count(sessions), figures);
    });
  }

  it('is read live while another program writes it, a few bytes at a time', async () => {
    const example = examples.find(({ source }) => source === 'claude-code');
    assert.ok(example);
    const path = join(at.path, example.at);
    const source = join(at.path, 'source');
    writeFileSync(source, example.asking('The last one?'));
    rmSync(path);
    mkdirSync(dirname(path), { recursive: true });
    const core = openCore(join(at.path, 'live'), at.path);
    const reading = core.reading({});
    const watch = await core.watch((changed, name) => reading.changed(changed, name));
    try {
      const writer = spawn(process.execPath, ['--input-type=module', '--eval', writerProgram, source, path], { stdio: 'inherit' });
      assert.deepEqual(await once(writer, 'exit'), [0, null]);
      const session = 'claude-code:5d0a1c52-7f1e-4c9b-9a57-2f4f6a1e0b11';
      const isWhole = (): boolean => core.search({ query: '"The last one?"' }).total > 0 && !reading.isBusy();
      for (let waited = 0; !isWhole() && waited < 300; waited++) await pause(100);
      const live = core.session(session);
      const again = openCore(join(at.path, 'again'), at.path);
      await again.import({ sources: ['claude-code'] });
      const whole = again.session(session);
      await again.close();
      const said = (document: typeof live): unknown => document?.turns.map(({ records }) => records.map(({ id, data }) => [id.replace(/~.*/, ''), data]));
      assert.deepEqual(said(live), said(whole));
      assert.deepEqual([live?.session.prompts, live?.session.replies, live?.session.usage], [whole?.session.prompts, whole?.session.replies, whole?.session.usage]);
    } finally {
      watch.close();
      await reading.stop();
      await core.close();
    }
  });
});

/** Appends a file to another one, a few bytes at a time, with pauses in which it can be read. */
const writerProgram = `
  import { appendFileSync, readFileSync } from 'node:fs';
  const [, source, target] = process.argv;
  const bytes = readFileSync(source);
  for (let from = 0, size = 1; from < bytes.length; from += size, size = 1 + (size * 7) % 61) {
    appendFileSync(target, bytes.subarray(from, from + size));
    if (from % 5 === 0) await new Promise((resolve) => setTimeout(resolve, 2));
  }
`;

/** Where the writer pauses: around the ends of some lines, and anywhere between, also within a character; in a thorough run, after each of the last bytes. */
function endsIn(bytes: Buffer): number[] {
  const ends = new Set<number>([1, bytes.length - 1, bytes.length]);
  const breaks = [...bytes.entries()].flatMap(([at, byte]) => (byte === 0x0a ? [at] : []));
  for (const at of [breaks[0], breaks[Math.floor(breaks.length / 2)], breaks.at(-2)]) if (at !== undefined) for (const end of [at - 1, at, at + 1, at + 2]) ends.add(end);
  for (let at = 97; at < bytes.length; at += Math.ceil(bytes.length / 8)) ends.add(at);
  ends.add(bytes.indexOf('👩') + 2);
  for (let end = bytes.length - thoroughly(0, 1_500); end < bytes.length; end++) ends.add(end);
  return [...ends].filter((end) => end > 0 && end <= bytes.length).sort((a, b) => a - b);
}
