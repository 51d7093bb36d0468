import assert from 'node:assert/strict';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { openStore, type Store } from '../../../server/store/store.ts';
import type { DaybookRecord } from '../../../shared/record.ts';
import { folderForEachTest } from '../../support/folder.ts';

const workspace = 'file:///home/ada/shop';
const start = Date.UTC(2026, 9, 1, 8);
const cart = `${workspace}/src/cart.ts`;
const calls = 12;

function message(session: string, id: string, second: number, role: string, parts: readonly object[], more: object = {}): DaybookRecord {
  return {
    specversion: '1.0', id: `${session}:${id}`, source: 'codex', type: 'dev.daybook.chat.message', time: new Date(start + second * 1_000).toISOString(),
    sessionid: session, workspace, data: { role, parts, ...more },
  };
}

const usage = (outputTokens: number): object => ({ model: 'gpt-6', usage: { inputTokens: 5, outputTokens } });

/** A chat that edits a file, and tries a command several times until it succeeds. */
function chat(session: string): DaybookRecord[] {
  return Array.from({ length: calls }, (_, at) => {
    const call = at % 3 === 0 ? { name: 'shell', arguments: { command: `npm test ${session}` } } : { name: 'Edit', arguments: { file_path: 'src/cart.ts' } };
    return [
      message(session, `ask${at}`, 10 * at, 'assistant', [{ type: 'tool_call', id: `${session}-${at}`, ...call }], { responseId: `r${at}`, ...usage(at) }),
      message(session, `answer${at}`, 10 * at + 5, 'tool', [{ type: 'tool_call_response', id: `${session}-${at}`, status: at < 6 ? 'failed' : 'succeeded' }]),
    ];
  }).flat();
}

describe('sessions that are sealed', function () {
  this.timeout(60_000);
  const at = folderForEachTest();
  const opened: Store[] = [];
  afterEach(() => opened.splice(0).forEach((store) => store.close()));

  function open(name: string): Store {
    const store = openStore(join(at.path, name));
    opened.push(store);
    return store;
  }
  const append = (store: Store, ...records: DaybookRecord[]): void => store.write((batch) => batch.append(records));

  /** How many rows there are: executions, responses, and packs of them. */
  function rows(name: string): number[] {
    const database = new Database(join(at.path, name, 'daybook.db'), { readonly: true });
    const counts = ['tool_execution', 'response', 'packed_execution', 'packed_response']
      .map((table) => database.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0);
    database.close();
    return counts;
  }

  /** Everything that is told from those rows. */
  function answers(store: Store): unknown {
    return {
      sessions: store.queries.sessions(10),
      statistics: { ...store.queries.statistics.rows({ since: -1e9, until: 1e9 }), storage: 0 },
      touching: store.queries.touching(cart, 10),
      deeds: [
        store.queries.deeds.on(cart, start + 60_000, start + 200_000, 1_000), store.queries.deeds.commands(start, start + 200_000, 1_000),
      ].map((deeds) => deeds.map(({ record, call, called, answered, status }) => [record.id, call, called, answered, status])),
    };
  }

  /** Two stores with the same records, of which one seals after each batch. */
  function both(...batches: readonly (readonly DaybookRecord[])[]): readonly [plain: Store, sealed: Store] {
    const [plain, sealed] = [open('plain'), open('sealed')];
    for (const batch of batches) {
      append(plain, ...batch);
      append(sealed, ...batch);
      sealed.seal({ everything: true });
    }
    return [plain, sealed];
  }

  it('have their executions and responses in packs, and answer the same', () => {
    const [plain, sealed] = both(chat('codex:a'), chat('codex:b'));
    assert.deepEqual([rows('plain'), rows('sealed')], [[2 * calls, 2 * calls, 0, 0], [0, 0, 2, 2]]);
    assert.deepEqual(answers(sealed), answers(plain));
    assert.equal(sealed.queries.touching(cart, 10).length, 2, 'calls that succeeded');
    assert.equal(sealed.queries.statistics.rows({ since: -1e9, until: 1e9 }).fixes.length, 2);
  });

  it('have rows again when something is added, and packs the next time', () => {
    const [plain, sealed] = both(chat('codex:a'));
    const later = [
      message('codex:a', 'ask2~00000000abcd', 400, 'assistant', [{ type: 'text', content: 'no' }], { responseId: 'r2', ...usage(900) }), // took its call back
      message('codex:a', 'again', 410, 'assistant', [], { responseId: 'r3', ...usage(70) }), // of a response that is known
      message('codex:a', 'late', 420, 'tool', [{ type: 'tool_call_response', id: 'codex:a-4', status: 'succeeded' }]),
    ];
    for (const store of [plain, sealed]) append(store, ...later);
    assert.deepEqual(rows('sealed'), [calls, calls, 0, 0]);
    assert.deepEqual(answers(sealed), answers(plain));
    sealed.seal({ everything: true });
    assert.deepEqual(rows('sealed'), [0, 0, 1, 1]);
    assert.deepEqual(answers(sealed), answers(plain));
  });

  it('are what a later run of the same command is compared with', () => {
    const failed = chat('codex:a').slice(0, 2 * 6);
    const next = { ...message('codex:b', 'x', 900, 'assistant', [{ type: 'tool_call', id: 'x', name: 'shell', arguments: { command: 'npm test codex:a' } }]) };
    const [plain, sealed] = both([...failed, ...chat('codex:c')], [next, message('codex:b', 'y', 905, 'tool', [{ type: 'tool_call_response', id: 'x', status: 'succeeded' }])]);
    const { fixes } = sealed.queries.statistics.rows({ since: -1e9, until: 1e9 });
    assert.deepEqual(fixes.map(({ ms }) => ms).sort((a, b) => a - b), [60_000, 900_000]);
    assert.deepEqual(answers(sealed), answers(plain));
  });

  it('are the same after a rebuild, and packed once more', () => {
    const [plain, sealed] = both(chat('codex:a'), chat('codex:b'));
    sealed.rebuild();
    assert.deepEqual(answers(sealed), answers(plain));
    sealed.seal({ everything: true });
    assert.deepEqual(rows('sealed'), [0, 0, 2, 2]);
    assert.deepEqual(answers(sealed), answers(plain));
  });

  it('keep what they name when other names go, and go with their own', () => {
    const command = (id: string, day: number, line: string): DaybookRecord => ({
      specversion: '1.0', id, source: 'vscode', type: 'dev.daybook.tool_execution.terminal.command', time: new Date(start + day * 86_400_000).toISOString(),
      sessionid: 'coding:1', workspace, data: { command: line, status: 'succeeded', exitCode: 0 },
    });
    const ran = Array.from({ length: 20 }, (_, number) => command(`c${number}`, number % 2, number % 2 === 0 ? 'make old' : 'make new'));
    const [, sealed] = both([...chat('codex:a'), ...ran]);
    sealed.expire([{ family: 'tool_executions', day: '2026-10-01' }]);
    sealed.seal({ everything: true });
    const other = open('other');
    append(other, ...chat('codex:a'), ...ran.filter((_, number) => number % 2 === 1));
    assert.deepEqual(answers(sealed), answers(other));
    append(sealed, message('codex:a', 'more', 400, 'user', []));
    append(other, message('codex:a', 'more', 400, 'user', []));
    assert.deepEqual(answers(sealed), answers(other));
  });

  it('have the files that were worked on in packs, too, by the file', () => {
    const edit = (session: number, minute: number, day = session % 2): DaybookRecord => ({
      specversion: '1.0', id: `e${session}-${minute}`, source: 'lsp', type: 'dev.daybook.event.editor.edited', time: new Date(start + day * 86_400_000 + minute * 60_000).toISOString(),
      sessionid: `coding:${session}`, workspace, data: { uri: cart },
    });
    const edits = Array.from({ length: 10 }, (_, session) => [edit(session, session), edit(session, session + 20)]).flat();
    const [plain, sealed] = both(edits);
    const touches = (store: Store): unknown => [
      store.queries.touching(cart, 20), store.queries.touching(cart, 20, start + 8 * 60_000, start + 15 * 60_000), store.queries.touching(cart, 20, start + 86_400_000),
    ];
    const packs = (table: string): unknown => {
      const database = new Database(join(at.path, 'sealed/daybook.db'), { readonly: true });
      const found = database.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
      database.close();
      return found;
    };
    assert.deepEqual([packs('work'), packs('packed_work'), sealed.queries.touching(cart, 20).length], [0, 1, 10]);
    assert.deepEqual(touches(sealed), touches(plain));

    for (const store of [plain, sealed]) append(store, edit(2, 40), edit(4, 3)); // one of them lies between what is packed
    assert.deepEqual([packs('work'), touches(sealed)], [2, touches(plain)]);
    sealed.seal({ everything: true });
    for (const store of [plain, sealed]) append(store, ...[1, 2, 3, 4, 5, 6].map((session) => edit(session, 50)));
    sealed.seal({ everything: true });
    assert.deepEqual([packs('work'), packs('packed_work'), touches(sealed)], [0, 1, touches(plain)]);

    sealed.expire([{ family: 'events', day: '2026-10-01' }]);
    plain.expire([{ family: 'events', day: '2026-10-01' }]);
    assert.deepEqual([touches(sealed), sealed.queries.touching(cart, 20).length], [touches(plain), 5]);
    sealed.rebuild();
    assert.deepEqual(touches(sealed), touches(plain));
  });

  it('are read from the journal again where a pack is damaged', () => {
    const [plain, sealed] = both(chat('codex:a'));
    const database = new Database(join(at.path, 'sealed/daybook.db'));
    database.exec(`UPDATE packed_execution SET columns = x'00'`);
    database.close();
    const more = message('codex:a', 'more', 400, 'user', [{ type: 'text', content: 'and?' }]);
    assert.throws(() => append(sealed, more), /session \d+ cannot be read/);
    sealed.catchUp();
    for (const store of [plain, sealed]) append(store, more);
    assert.deepEqual(answers(sealed), answers(plain));
  });
});
