import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCore, type Core } from '../../server/core.ts';
import { createRedactor } from '../../server/ingest/redact.ts';
import { fingerprintIn } from '../../server/redactionKey.ts';
import { toldRules } from '../../server/redactionTold.ts';
import { folderForEachTest } from '../support/folder.ts';
import { notesImporter, nowhere } from './importers/notes.ts';

const one = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;
const other = `ghp_${'Z9y8X7w6V5u4'.repeat(3)}`;

describe('the key of fingerprints', () => {
  const at = folderForEachTest();
  const data = (): string => join(at.path, 'data');
  const key = (): string => join(data(), 'redaction.key');
  const open = (): Core => createCore({
    dataDirectory: data(), machine: nowhere, redactor: createRedactor(toldRules(data(), '/home/ada').rules), importers: [notesImporter(join(at.path, 'notes'))],
  });
  const recorded = async (core: Core, id: string, text: string): Promise<string> => {
    await core.record([{ family: 'events', kind: 'note', id, time: '2026-11-20T10:00:00Z', data: { text } }], 'cli');
    return (core.show(id)?.record.data as { text: string }).text;
  };

  it('tells equal secrets from others, wherever they stand, also after a restart, and says nothing else', async () => {
    let core = open();
    assert.equal(await recorded(core, 'a', 'nothing to hide'), 'nothing to hide');
    assert.ok(!existsSync(key()), 'no key before the first secret');
    const first = await recorded(core, 'b', `one ${one}`);
    const [, mark] = /^one \[redacted:github-token:([0-9a-f]{8})\]$/.exec(first) ?? [];
    assert.ok(mark, first);
    assert.notEqual(fingerprintIn(data())(other), mark);
    assert.equal(await recorded(core, 'c', `two ${other} ${one}`), `two [redacted:github-token:${fingerprintIn(data())(other)}] [redacted:github-token:${mark}]`);
    await core.close();
    core = open();
    assert.equal(await recorded(core, 'd', `password: "${one}"`), `password: "[redacted:github-token:${mark}]"`);
    assert.equal(await recorded(core, 'e', first), first, 'a placeholder stays as it is');
    await core.close();
    assert.match(readFileSync(key(), 'utf8'), /^[0-9a-f]{64}\n$/);
    if (process.platform !== 'win32') assert.equal(statSync(key()).mode & 0o777, 0o600);
  });

  it('is another in another record', () => {
    const [here, there] = [join(at.path, 'here'), join(at.path, 'there')];
    for (const folder of [here, there]) mkdirSync(folder);
    assert.notEqual(fingerprintIn(here)(one), fingerprintIn(there)(one));
    assert.equal(fingerprintIn(here)(one), fingerprintIn(here)(one), 'whoever asks first makes it, all others have the same');
  });

  it('does not make the same thing another one when it is gone', async () => {
    const message = { family: 'chats', kind: 'message', id: 'm', session: 's', time: '2026-11-20T10:00:00Z', data: { role: 'user', parts: [{ type: 'text', content: `it is ${one}` }] } };
    let core = open();
    assert.equal((await core.record([message], 'cli')).accepted, 1);
    await core.close();
    rmSync(key());
    core = open();
    assert.equal((await core.record([message], 'cli')).duplicates, 1);
    await core.close();
  });

  it('is nothing that somebody planted, and where there can be none, placeholders name rules alone', async () => {
    mkdirSync(data());
    const elsewhere = join(at.path, 'elsewhere');
    writeFileSync(elsewhere, `${'0'.repeat(64)}\n`);
    for (const plant of [() => symlinkSync(elsewhere, key()), () => mkdirSync(key()), () => writeFileSync(key(), 'no key')]) {
      plant();
      assert.equal((await createRedactor(toldRules(data(), '/home/ada').rules).text(one)).text, '[redacted:github-token]');
      rmSync(key(), { recursive: true });
    }
    assert.equal((await createRedactor(toldRules(join(at.path, 'nowhere'), '/home/ada').rules).text(one)).text, '[redacted:github-token]');
    assert.ok(!existsSync(join(at.path, 'nowhere')));
    assert.equal(readFileSync(elsewhere, 'utf8'), `${'0'.repeat(64)}\n`);
  });
});
