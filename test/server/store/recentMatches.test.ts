import assert from 'node:assert/strict';
import { join } from 'node:path';
import { openDatabase, type Sqlite } from '../../../server/store/database.ts';
import { keyOf } from '../../../server/store/key.ts';
import { openRecentMatches } from '../../../server/store/recentMatches.ts';
import { openScopes, type Bounds } from '../../../server/store/scope.ts';
import { openStore } from '../../../server/store/store.ts';
import type { DaybookRecord } from '../../../shared/record.ts';
import { folderForAll } from '../../support/folder.ts';
import { seeded } from '../durability/random.ts';

const count = 900;
const start = Date.UTC(2026, 10, 20);
const random = seeded(5);

/** In an order that says nothing of their times, some of which are equal. */
const records = Array.from({ length: count }, (_, at): DaybookRecord => {
  const session = `claude-code:${at % 3}`;
  const text = `${at % 2 === 0 ? 'often' : 'other'} ${at % 300 === 0 ? 'seldom' : ''} oftener`;
  return {
    specversion: '1.0', id: `${session}:${at}`, source: 'claude-code', type: `dev.daybook.chat.${at % 5 === 0 ? 'note' : 'message'}`, sessionid: session,
    time: new Date(start + Math.floor(random() * 200) * 1_000).toISOString(), data: { role: 'user', parts: [{ type: 'text', content: text }] },
  };
});

const newestFirst = (wanted: (record: DaybookRecord, at: number) => boolean): string[] => records.filter(wanted)
  .sort((a, b) => Date.parse(b.time) - Date.parse(a.time) || Buffer.compare(keyOf(a.id), keyOf(b.id))).map(({ id }) => id);

describe('recent records that hold words', function () {
  this.timeout(60_000);
  const folder = folderForAll();
  let database: Sqlite;
  let ids: Map<number, string>;
  before(() => {
    const data = join(folder.path, 'data');
    const store = openStore(data);
    store.write((batch) => batch.append(records));
    store.close();
    database = openDatabase(join(data, 'daybook.db'));
    const byKey = new Map(records.map(({ id }) => [keyOf(id).toString('hex'), id]));
    ids = new Map(database.prepare<[], { seq: number; key: Buffer }>('SELECT seq, key FROM record').all().map(({ seq, key }) => [seq, byKey.get(key.toString('hex')) ?? '']));
  });
  after(() => database.close());

  const bounds = (scope: Parameters<ReturnType<typeof openScopes>['bounds']>[0] = {}): Bounds => openScopes(database).bounds(scope);
  const found = (few: number, text: string, within = bounds(), unasked = 0): string[] => [...openRecentMatches(database, few, unasked).newest(text, within)].map(({ seq }) => ids.get(seq) ?? '');

  for (const [name, few] of [['sorted', count], ['asked one by one', 0]] as const) {
    it(`come newest first, ${name}`, () => {
      assert.deepEqual(found(few, '"often"'), newestFirst((_, at) => at % 2 === 0));
      assert.deepEqual(found(few, '"often"*'), newestFirst(() => true));
      assert.deepEqual(found(few, '"often" AND "seldom"'), newestFirst((_, at) => at % 300 === 0));
      assert.deepEqual(found(few, '"never"'), []);
    });

    it(`are those of a time, a kind and some sessions, ${name}`, () => {
      const [since, until] = [start + 50_000, start + 100_000];
      assert.deepEqual(found(few, '"often"', bounds({ since, until })), newestFirst(({ time }, at) => at % 2 === 0 && Date.parse(time) >= since && Date.parse(time) < until));
      assert.deepEqual(found(few, '"often"', bounds({ isKind: (kind) => kind.endsWith('note') })), newestFirst((_, at) => at % 10 === 0));
      assert.deepEqual(found(few, '"often"', bounds({ sessions: ['claude-code:1', 'claude-code:2'], since })),
        newestFirst(({ time }, at) => at % 2 === 0 && at % 3 !== 0 && Date.parse(time) >= since));
    });
  }

  it('begin with the newest, whether or not they match, where most do', () => {
    const [all, often] = [newestFirst(() => true), new Set(newestFirst((_, at) => at % 2 === 0))];
    assert.deepEqual(found(0, '"often"', bounds(), 100), [...all.slice(0, 100), ...all.slice(100).filter((id) => often.has(id))]);
    assert.deepEqual(found(0, '"often"', bounds(), count * 2), all);
    assert.deepEqual(found(count, '"often"', bounds(), 100), [...often], 'of a few, the index is asked about all');
  });

  it('are found although words of sealed ones are still there', () => {
    const recent = openRecentMatches(database);
    const gone = new Set([...ids].filter(([seq]) => seq <= 300).map(([, id]) => id));
    const left = newestFirst(({ id }, at) => at % 2 === 0 && !gone.has(id));
    database.exec('BEGIN');
    try {
      database.exec('DELETE FROM record WHERE seq <= 300');
      assert.equal(recent.count('"often"'), left.length);
      assert.deepEqual([...recent.newest('"often"', bounds())].map(({ seq }) => ids.get(seq)), left);
    } finally {
      database.exec('ROLLBACK');
    }
  });

  it('are counted', () => {
    assert.equal(openRecentMatches(database).count('"often"'), count / 2);
  });
});
