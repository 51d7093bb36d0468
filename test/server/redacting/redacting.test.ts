import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { backupsIn, listBackups } from '../../../server/backups.ts';
import type { Core } from '../../../server/core.ts';
import { createRedactor, type Redactor } from '../../../server/ingest/redact.ts';
import { createIngest } from '../../../server/ingest/pipeline.ts';
import { layOut } from '../../../server/store/backup/restore.ts';
import { contentHash, revisionId } from '../../../server/store/indexer.ts';
import { openStore } from '../../../server/store/store.ts';
import type { DaybookRecord } from '../../../shared/record.ts';
import { folderForEachTest } from '../../support/folder.ts';
import { itThoroughly } from '../../support/itThoroughly.ts';
import { traces } from '../../support/search.ts';
import { another, awsKey, everything, note, noRules, openWith, pem, said, titled, token } from './older.ts';

const source: readonly DaybookRecord[] = [
  note('e1', `before ${token} after`), note('e2', 'ordinary words'), note('e3', 'subject', { subject: `run ${awsKey}`, time: '2026-11-04T10:00:00.000Z' }),
  titled('one', `Why ${token} fails`), said('one', 1, `neighbour ${pem} word`), said('one', 2, 'nothing here'), said('two', 3, 'nothing there'),
];

describe('redacting the past', () => {
  const at = folderForEachTest();
  let core: Core;
  const data = (): string => join(at.path, 'data');
  const left = (...secrets: string[]): string[] => secrets.flatMap((secret) => traces(data(), secret));

  async function recorded(records: readonly DaybookRecord[], redactor: Redactor | undefined = noRules): Promise<void> {
    const older = openWith(redactor, at.path);
    const { accepted } = await older.record(records, 'test');
    assert.equal(accepted, records.length);
    await older.close();
    core = openWith(undefined, at.path);
  }

  afterEach(() => core.close());

  for (const [state, seal] of [['plain', false], ['sealed', true]] as const) {
    it(`leaves no byte of a secret in ${state} lines, and everything else as it was`, async () => {
      await recorded(source);
      if (seal) core.seal(true);
      assert.ok(left(token).length > 0 && left(awsKey).length > 0);
      const ids = core.latest(0, 100).records.map(({ id }) => id);
      const preview = await core.redactPreview({});
      assert.deepEqual([preview.records, preview.byDay], [4, { '2026-11-02': 1, '2026-11-03': 2, '2026-11-04': 1 }]);
      assert.deepEqual(preview.byRule, { 'github-token': 2, 'aws-access-key-id': 1, 'private-key': 1 });
      assert.ok(left(token).length > 0, 'a preview changes nothing');
      const receipt = await core.redact({});
      assert.deepEqual({ ...receipt, files: 0, bytes: 0, search: { ...receipt.search, files: 0 } }, {
        ...preview, files: 0, bytes: 0, unreadable: [], scrubbed: true, search: { values: 3, tooShort: 0, files: 0, left: [] }, exports: [],
        backups: { replaced: 0, unreached: [] },
      });
      assert.deepEqual(left(token, awsKey, 'MIIEpAIBAAKCAQEA'), []);
      assert.deepEqual(core.latest(0, 100).records.map(({ id }) => id), ids);
      assert.equal(core.search({ query: 'neighbour' }).total, 1);
      assert.equal(core.search({ query: 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8' }).total, 0);
      assert.equal(core.session('tool:one')?.session.title, 'Why [redacted:github-token] fails');
      assert.equal(core.latest(0, 100).redactions, 4);
      const before = everything(core);
      core.rebuild();
      assert.deepEqual(everything(core), before);
      assert.deepEqual((await core.redactPreview({})).records, 0);
    });

    (seal ? it : itThoroughly)(`knows what is read once more after ${state} lines were redacted`, async () => {
      const revised = said('one', 1, `changed ${another}`, { time: '2026-11-03T11:00:00.000Z' });
      await recorded(source);
      await core.close();
      await recorded([revised]);
      if (seal) core.seal(true);
      await core.redact({});
      const before = everything(core);
      const { accepted, duplicates } = await core.record([...source.filter(({ id }) => id !== revised.id), revised], 'test');
      assert.deepEqual([accepted, duplicates], [0, source.length]);
      assert.deepEqual(everything(core), before);
      assert.deepEqual(left(token, another, awsKey), []);
    });
  }

  it('puts a backup of now in the place of older ones, from which nothing comes back', async () => {
    await recorded(source);
    core.seal(true);
    const elsewhere = join(at.path, 'disk');
    await core.backUp({ reason: 'manual' });
    await core.backUp({ reason: 'manual', place: elsewhere });
    const { backups } = await core.redact({});
    assert.deepEqual(backups, { replaced: 2, unreached: [] });
    const { backups: there } = listBackups(join(at.path, 'data'));
    assert.deepEqual(there.map(({ reason, records }) => [reason, records]), [['redaction', source.length], ['redaction', source.length]]);
    for (const backup of backupsIn([join(at.path, 'data', 'backups'), elsewhere]).backups) {
      const folder = join(at.path, `restored-${backup.manifest.id}`);
      layOut(backup.place, backup.manifest, folder);
      const restored = openWith(undefined, at.path, folder);
      restored.catchUp();
      assert.equal(restored.search({ query: 'neighbour' }).total, 1);
      assert.deepEqual((await restored.redactPreview({})).records, 0);
      await restored.close();
    }
    assert.deepEqual(left(token, awsKey), []);
  });

  it('names the folder of backups that is not there', async () => {
    await recorded(source);
    const elsewhere = join(at.path, 'disk');
    await core.backUp({ reason: 'manual', place: elsewhere });
    renameSync(elsewhere, join(at.path, 'unplugged'));
    writeFileSync(elsewhere, '');
    assert.deepEqual((await core.redact({})).backups, { replaced: 0, unreached: [elsewhere] });
  });

  it('takes a secret for the same under whatever name an older rule took it out', async () => {
    const older: Redactor = {
      ...noRules, values: (values) => Promise.resolve(values.map((value) => ({ value: JSON.parse(JSON.stringify(value).replaceAll(token, '[redacted:something-old]')) as typeof value, count: 1 }))),
    };
    const message = said('one', 1, `it says ${token} and ${awsKey}`);
    await recorded([message], older);
    await core.redact({});
    assert.deepEqual((await core.record([message], 'test')).accepted, 0);
    assert.deepEqual(left(token, awsKey), []);
  });

  it('finds a secret in names: of a record, of a session and of its file', async () => {
    const [event, message] = [note(`e-${token}`, 'words'), said(`in-${token}`, 1, 'hello')];
    await recorded([event, message, said('two', 1, 'other')]);
    core.seal(true);
    const { records } = await core.redact({});
    assert.equal(records, 2);
    assert.deepEqual(left(token), []);
    assert.deepEqual((await core.record([event, message], 'test')).accepted, 0);
    assert.equal(core.sessions({ limit: 10 }).sessions.length, 2);
    const before = everything(core);
    core.rebuild();
    assert.deepEqual(everything(core), before);
  });

  itThoroughly('lets no two revisions become one that differ in their secrets only', async () => {
    await recorded([said('one', 1, 'first')]);
    for (const [second, text] of [[1, `says ${token}`], [2, 'says nothing'], [3, `says ${another}`]] as const) {
      await core.close();
      await recorded([said('one', 1, text, { time: `2026-11-03T11:00:0${second}.000Z` })]);
    }
    const lines = (): number => readFileSync(join(data(), 'journal/chats/2026/11/03/tool_one.jsonl'), 'utf8').trim().split('\n').length;
    assert.equal(lines(), 4);
    await core.redact({});
    assert.equal(lines(), 4);
    const shown = (): string => JSON.stringify(core.session('tool:one')?.turns);
    assert.match(shown(), /says \[redacted:github-token\]/);
    core.rebuild();
    assert.match(shown(), /says \[redacted:github-token\]/);
    assert.deepEqual(left(token, another), []);
  });

  it('redacts attached texts, takes out pictures that hold a secret, and names them no more', async () => {
    const [text, other] = [Buffer.from(`notes\n${token}\n`), Buffer.from('harmless notes\n')];
    const picture = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.from(`tEXtComment ${awsKey} end`)]);
    const contents = new Map([text, other, picture].map((bytes) => [createHash('sha256').update(bytes).digest('hex'), bytes]));
    const parts = [...contents].map(([sha256, bytes]) => ({ type: 'blob', mimeType: bytes === picture ? 'image/png' : 'text/plain', bytes: bytes.length, sha256 }));
    const message = said('one', 1, '', { data: { role: 'user', parts } });
    const ingested = async (redactor: Redactor): Promise<number> => {
      const store = openStore(data());
      const ingest = createIngest({ store, redactor, hashes: { contentHash, revisionId }, attachments: { files: store.attachments, maxBytes: () => 1 << 20 } });
      const { accepted } = await ingest.submit({ records: [message], source: 'tool', contents });
      store.close();
      return accepted;
    };
    assert.equal(await ingested(noRules), 1);
    core = openWith(undefined, at.path);
    assert.ok(left(token).length > 0 && left(awsKey).length > 0);
    const receipt = await core.redact({});
    assert.deepEqual(receipt.attachments, { redacted: 1, removed: 1 });
    assert.deepEqual(left(token, awsKey), []);
    const [redacted, kept, gone] = (core.show('tool:one:1')?.record.data as { parts: { attachment?: string; leftOut?: string }[] }).parts;
    assert.equal(readFileSync(core.attachment(redacted?.attachment ?? '')?.path ?? '', 'utf8'), 'notes\n[redacted:github-token]\n');
    assert.ok(core.attachment(kept?.attachment ?? ''));
    assert.deepEqual([gone?.attachment, gone?.leftOut], [undefined, 'secret']);
    await core.close();
    assert.equal(await ingested(createRedactor()), 0);
    core = openWith(undefined, at.path);
  });

  it('redacts where the reading of a source stands, and lines that are no record', async () => {
    const store = openStore(data());
    store.write((batch) => batch.setCursor('/a/file', { source: 'tool', cursor: JSON.stringify({ offset: 5, state: { said: token } }), sessions: ['tool:one'] }));
    store.close();
    mkdirSync(join(data(), 'journal/events'), { recursive: true });
    writeFileSync(join(data(), 'journal/events/2026-11-01.jsonl'), `{"half":"a ${token}\n{"not":"a record","says":"${token}"}\n`);
    core = openWith(undefined, at.path);
    core.catchUp();
    const { cursors, records } = await core.redact({});
    assert.deepEqual([cursors, records], [1, 2]);
    assert.deepEqual(left(token), []);
    assert.equal(readFileSync(join(data(), 'journal/events/2026-11-01.jsonl'), 'utf8'), '{"half":"a [redacted:github-token]\n{"not":"a record","says":"[redacted:github-token]"}\n');
  });

  it('redacts what a search finds and nothing else', async () => {
    await recorded([note('e1', `apple ${token}`), note('e2', `pear ${another}`)]);
    assert.equal((await core.redact({ query: 'apple' })).records, 1);
    assert.deepEqual(left(token), []);
    assert.ok(left(another).length > 0);
    await assert.rejects(core.redact({ query: 'is:eror' }), { name: 'ProblemError' });
  });

  it('tells where a value is left that no rule takes for a secret, and which exports hold one', async () => {
    const value = ['tr0ub4dor', 'and-3'].join('-');
    await recorded([note('e1', `DB_PASSWORD="${value}"`), note('e2', `somebody said ${value} aloud`)]);
    const output = join(at.path, 'mine.csv');
    writeFileSync(join(at.path, 'mine_2026-11-02.csv'), `x,${value}\n`);
    writeFileSync(join(at.path, 'mine_2026-11-03.csv'), 'x,y\n');
    writeFileSync(join(data(), 'exports.json'), JSON.stringify({ version: 1, ends: [{ format: 'csv', output, options: {}, selection: {}, until: '2026-11-04T00:00:00.000Z' }] }));
    const { search, exports } = await core.redact({});
    assert.deepEqual(search.left, [{ path: join(data(), 'journal/events/2026-11-02.jsonl'), records: ['e2'] }]);
    assert.deepEqual(exports, [{ path: join(at.path, 'mine_2026-11-02.csv'), state: 'holds secrets' }]);
    assert.match(readFileSync(join(at.path, 'mine_2026-11-02.csv'), 'utf8'), new RegExp(value));
  });

  it('changes nothing when it is stopped', async () => {
    await recorded(source);
    const before = everything(core);
    const stop = new AbortController();
    await assert.rejects(core.redact({}, { signal: stop.signal, onProgress: () => stop.abort() }), /Stopped\. Nothing was changed/);
    assert.deepEqual(everything(core), before);
    assert.ok(left(token).length > 0);
    assert.ok(!existsSync(join(data(), 'forget.json')));
  });

  it('is known to whoever had the record open before, and records meanwhile', async () => {
    await recorded(source);
    core.seal(true);
    const other = openWith(undefined, at.path);
    assert.equal(other.search({ query: 'neighbour' }).total, 1);
    const redacting = core.redact({});
    await other.record([note('meanwhile', 'written meanwhile')], 'test');
    await redacting;
    await other.record([note('later', 'written later', { time: '2026-11-04T12:00:00.000Z' }), said('one', 9, 'goes on')], 'test');
    assert.match(JSON.stringify(other.session('tool:one')), /goes on/);
    assert.doesNotMatch(JSON.stringify(other.session('tool:one')), new RegExp(token));
    assert.deepEqual(everything(other), everything(core));
    assert.equal(core.stats().records, source.length + 3);
    await other.close();
    assert.deepEqual(left(token, awsKey), []);
  });

  it('names in Health and in the doctor the rules of a person\'s own that are not used', async () => {
    await recorded([note('e1', 'ordinary words')]);
    const rules = [{ name: 'employee', pattern: 'EMP-\\d{6}', example: 'EMP-000000' }, { name: 'broken', pattern: '(', example: 'x' }];
    writeFileSync(join(data(), 'redaction.json'), JSON.stringify({ version: 1, editors: { 'Visual Studio Code': { rules, allow: [], personal: ['nothing'] } } }));
    const expected = [/daybook\.redaction\.rules has an entry that is not used: number 2 \(broken\)/, /daybook\.redaction\.personal has an entry that is not used/];
    const notes = (await core.health()).sources.flatMap((each) => each.notes).filter(({ code }) => code === 'unusable-rule');
    assert.deepEqual(notes.map(({ state }) => state), ['warning', 'warning']);
    for (const [place, pattern] of expected.entries()) assert.match(notes[place]?.message ?? '', pattern);
    const checks = (await core.doctor()).checks.filter(({ name, state }) => name === 'redaction' && state === 'warning').map(({ message }) => message);
    for (const pattern of expected) assert.ok(checks.some((message) => pattern.test(message)), String(pattern));
    writeFileSync(join(data(), 'redaction.json'), '{');
    assert.match((await core.health()).sources.flatMap((each) => each.notes).find(({ code }) => code === 'unusable-rule')?.message ?? '', /cannot be read from .*redaction\.json/);
  });

  it('says in Health under which rules the record was written', async () => {
    const notes = async (): Promise<string[]> => (await core.health()).sources.flatMap((each) => each.notes).filter(({ id }) => id.startsWith('redaction:')).map(({ message }) => message);
    await recorded(source);
    assert.deepEqual(await notes(), []);
    await core.record([note('new', 'under the rules of today')], 'test');
    assert.match((await notes()).join(), /^3 days were recorded under older rules.*daybook redact$/);
    await core.redact({ query: 'neighbour' });
    assert.match((await notes()).join(), /^3 days were/);
    await core.redact({});
    assert.match((await notes()).join(), /^The past was redacted on \d{4}-/);
  });
});
