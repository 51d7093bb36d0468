import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createCore, type Core } from '../../../server/core.ts';
import { claudeCode } from '../../../server/importers/claude-code/index.ts';
import { continueDev } from '../../../server/importers/continue/index.ts';
import { createRedactor } from '../../../server/ingest/redact.ts';
import type { HealthNote, SourceHealth } from '../../../shared/health.ts';
import { folderForEachTest } from '../../support/folder.ts';

const redactor = createRedactor();
const fixtures = join(import.meta.dirname, '../../fixtures');
const session = '8e2b64a7-0c3d-4a1f-b7de-91c4d3f2a022';
const fixture = join(fixtures, 'claude-code/projects/-home-ada-site', `${session}.jsonl`);
const word = ['over', 'board'].join('');

/** A line as a later version of Claude Code might write it. */
function line(uuid: string, more: object): string {
  return `${JSON.stringify({ sessionId: session, version: '3.1.4', uuid, timestamp: '2026-03-02T10:00:00.000Z', ...more })}\n`;
}

describe('health of real formats', () => {
  const at = folderForEachTest();
  let core: Core;
  let transcript: string;
  beforeEach(() => {
    transcript = join(at.path, '.claude/projects/-home-ada-site', `${session}.jsonl`);
    mkdirSync(dirname(transcript), { recursive: true });
    writeFileSync(transcript, readFileSync(fixture));
    const machine = { platform: 'linux', home: at.path, env: {}, vscodeUserDirectories: [] } as const;
    core = createCore({ dataDirectory: join(at.path, 'data'), machine, redactor, importers: [claudeCode, continueDev] });
  });
  afterEach(() => core.close());

  async function source(name: string): Promise<SourceHealth> {
    const found = (await core.health()).sources.find((each) => each.source === name);
    assert.ok(found, name);
    return found;
  }
  async function drift(): Promise<readonly HealthNote[]> {
    return (await source('claude-code')).notes.filter(({ code }) => code === 'format-drift');
  }

  it('names a type of line that nobody knows, with how often, since when and by which version', async () => {
    await core.import({});
    assert.deepEqual((await drift()).map(({ message }) => message), []);
    for (const [at, text] of ['one', 'two'].entries()) appendFileSync(transcript, line(`new-${at}`, { type: 'hologram', text }));
    await core.import({});
    const { unknownTypes, state } = await source('claude-code');
    const id = `claude-code:${session}:new-0`;
    assert.deepEqual(unknownTypes, [{ type: 'hologram', count: 2, firstAt: '2026-03-02T10:00:00.000Z', version: '3.1.4', example: id }]);
    assert.equal(state, 'warning');
    assert.deepEqual((core.show(id)?.record.data as { nativeType: string }).nativeType, 'hologram');
    const [note] = await drift();
    assert.match(note?.message ?? '', /^Claude Code 3\.1\.4 writes something that Daybook does not know: “hologram”, met 2 times, first on 2026-03-02\. It is kept as it is\./);
    appendFileSync(transcript, line('new-3', { type: 'hologram', text: 'three' }) + line('new-4', { type: 'smell' }));
    await core.import({});
    const ids = (await drift()).map((each) => each.id);
    assert.equal(ids.length, 2);
    assert.equal(ids[0], note?.id, 'the same type is the same notice, however often it is met');
  });

  it('counts the same after the index was made again', async () => {
    appendFileSync(transcript, line('new-0', { type: 'hologram' }));
    await core.import({});
    const before = await source('claude-code');
    core.rebuild();
    assert.deepEqual(await source('claude-code'), before);
  });

  it('reports the shape and nothing of the content', async () => {
    const content = { type: 'hologram', note: `${word} prose`, at: { x: 1, deep: [{ ok: true }, { ok: null, path: '/home/ada/secret' }] }, files: { '/home/ada/a.ts': 1, [`${word} key`]: 2 } };
    appendFileSync(transcript, line('new-0', content) + line('new-1', { type: `${word} type of a person` }));
    writeFileSync(`${transcript}.torn.jsonl`, `${line('x', { type: 'user', message: { role: 'user', content: 'hi' } })}{"torn\n`);
    await core.import({});
    const report = await core.healthReport('claude-code') ?? '';
    assert.match(report, /^# What Daybook does not know of Claude Code\n/);
    assert.match(report, /## `hologram`\n\nMet 1 time since 2026-03-02, written by version 3\.1\.4\.\n/);
    for (const shape of ['note: string', 'at: {', 'x: number', 'deep: [ {', 'ok: boolean | null', 'path?: string', '<key>: number']) assert.ok(report.includes(shape), `${shape} in ${report}`);
    assert.match(report, /\| `malformed-line` \| 1 \|/);
    assert.match(report, /## `\(not a plain name\)`/);
    for (const said of [word, 'ada', at.path, '/home', session]) assert.ok(!report.includes(said), said);
    assert.equal(await core.healthReport('nobody'), undefined);
  });

  it('takes back what it said of a document that is whole again', async () => {
    const document = join(at.path, '.continue/sessions/0d1c2b3a.json');
    const text = readFileSync(join(fixtures, 'continue/session.json'), 'utf8');
    mkdirSync(dirname(document), { recursive: true });
    writeFileSync(document, text.slice(0, -20));
    utimesSync(document, new Date(Date.now() - 60_000), new Date(Date.now() - 60_000));
    await core.import({});
    const torn = await source('continue');
    assert.deepEqual([torn.state, torn.problems], ['warning', { 'malformed-document': 1 }]);
    assert.ok(torn.notes[0]?.message.includes(document), torn.notes[0]?.message);
    writeFileSync(document, text);
    await core.import({});

    const whole = await source('continue');
    assert.deepEqual([whole.notes.filter(({ code }) => code === 'not-read'), whole.problems], [[], { 'malformed-document': 1 }]);
  });

  it('says of a session that it is not whole, and why, wherever the session stands', async () => {
    appendFileSync(transcript, '{"torn\n');
    await core.import({});
    const reason = 'One line of the file could not be read.';
    const [listed] = core.sessions({ limit: 5 }).sessions;
    assert.deepEqual([listed?.fidelity, listed?.fidelityReason], ['partial', reason]);
    assert.equal(core.session(listed?.id ?? '')?.session.fidelityReason, reason);
    assert.ok(core.sessionMarkdown(listed?.id ?? '')?.markdown.includes(`- **Complete**: partial: ${reason}`));
  });

  it('says of a session that its source is gone when no file is left, wherever it was', async () => {
    await core.import({});
    const gone = (): boolean => core.session(`claude-code:${session}`)?.session.sourceGone === true;
    assert.equal(gone(), false);
    const moved = join(at.path, 'moved.jsonl');
    renameSync(transcript, moved);
    assert.equal(gone(), true);
    await core.import({ from: [moved] });
    assert.equal(gone(), false, 'another file holds it');
    rmSync(moved);
    assert.equal(gone(), true);
    writeFileSync(transcript, readFileSync(fixture));
    assert.equal(gone(), false, 'the first one is there again');
  });

  it('says nothing of a session that is whole', async () => {
    await core.import({});
    const [listed] = core.sessions({ limit: 5 }).sessions;
    assert.deepEqual([listed?.fidelity, listed?.fidelityReason, listed?.sourceGone], [undefined, undefined, undefined]);
    assert.doesNotMatch(core.sessionMarkdown(listed?.id ?? '')?.markdown ?? '', /\*\*(Complete|Kept)\*\*/);
  });
});
