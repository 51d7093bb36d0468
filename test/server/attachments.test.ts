import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Core } from '../../server/core.ts';
import { attachmentsIn } from '../../shared/attachment.ts';
import { openCore } from '../support/core.ts';
import { folderForEachTest } from '../support/folder.ts';
import { png } from '../support/pictures.ts';
import { traces } from '../support/search.ts';

const shared = png(200);
const own = png(30);
const name = (content: Buffer): string => `${createHash('sha256').update(content).digest('hex')}.png`;

describe('attachments of sessions', function () {
  this.timeout(20_000);
  const at = folderForEachTest();
  const data = (): string => join(at.path, 'data');
  const home = (): string => join(at.path, 'home');
  let core: Core;
  beforeEach(() => {
    write('.claude/projects/-w/11111111-1111-4111-8111-111111111111.jsonl', [claude('11111111-1111-4111-8111-111111111111', shared, own)]);
    write('.config/Code/User/workspaceStorage/a1/chatSessions/22222222-2222-4222-8222-222222222222.json', [copilot('22222222-2222-4222-8222-222222222222', shared)]);
    core = openCore(data(), home());
  });
  afterEach(() => core.close());

  function write(path: string, lines: readonly object[]): void {
    const file = join(home(), path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  }

  const files = (): string[] => (existsSync(join(data(), 'attachments')) ? readdirSync(join(data(), 'attachments'), { recursive: true, withFileTypes: true }) : [])
    .filter((entry) => entry.isFile()).map((entry) => entry.name).sort();
  const references = (): string[] => core.sessions({ limit: 10 }).sessions
    .flatMap(({ id }) => core.session(id)?.turns.flatMap(({ records }) => records.flatMap(attachmentsIn)) ?? []).sort();

  it('are kept once for all tools, outlive their sources, and are the same after a rebuild', async () => {
    await core.import({});
    const [one, two] = [name(own), name(shared)].sort();
    assert.deepEqual([files(), references()], [[one, two], [one, two, name(shared)].sort()]);
    assert.deepEqual(readFileSync(join(data(), 'attachments', name(own).slice(0, 2), name(own))), own);
    rmSync(home(), { recursive: true });
    assert.equal((await core.import({})).sources['claude-code'], undefined);
    core.rebuild();
    core.seal(true);
    assert.deepEqual([files(), references()], [[one, two], [one, two, name(shared)].sort()]);
    assert.equal(core.search({ query: 'has:attachment' }).total, 2);
  });

  it('leave nothing behind when a second pass reads nothing', async () => {
    await core.import({});
    const before = files();
    const { sources } = await core.import({});
    assert.deepEqual(Object.values(sources).map(({ newRecords }) => newRecords), [0, 0]);
    assert.deepEqual(files(), before);
  });

  for (const state of ['plain', 'sealed'] as const) {
    it(`go with the last ${state} record that refers to them, and not before`, async () => {
      await core.import({});
      if (state === 'sealed') core.seal(true);
      const first = await core.forget({ sessions: ['claude-code:11111111-1111-4111-8111-111111111111'] });
      assert.deepEqual([first.attachments, files(), references()], [1, [name(shared)], [name(shared)]]);
      assert.deepEqual(traces(data(), own.toString('latin1', 30, 60)), []);
      await core.import({});
      assert.deepEqual(files(), [name(shared)]);
      const second = await core.forget({ sessions: ['copilot-chat:22222222-2222-4222-8222-222222222222'] });
      assert.deepEqual([second.attachments, files(), references()], [1, [], []]);
      assert.equal((await core.forget({ query: 'is:error' })).attachments, 0);
    });
  }

  it('that have no name yet go with everything that is forgotten', async () => {
    await core.import({});
    writeFileSync(join(data(), 'attachments/5b0f5a52.tmp'), own);
    await core.forget({ sessions: ['claude-code:11111111-1111-4111-8111-111111111111'] });
    assert.deepEqual(files(), [name(shared)]);
  });
});

function claude(sessionId: string, ...pictures: readonly Buffer[]): object {
  const images = pictures.map((picture) => ({ type: 'image', source: { type: 'base64', media_type: 'image/png', data: picture.toString('base64') } }));
  const message = { role: 'user', content: [...images, { type: 'text', text: 'Why does it look like this?' }] };
  return { type: 'user', uuid: 'u1', parentUuid: null, isSidechain: false, sessionId, cwd: '/w', version: '2.1.90', timestamp: '2026-10-20T10:00:00.000Z', message };
}

/** Copilot Chat writes bytes as an object with the index as key. */
function copilot(sessionId: string, picture: Buffer): object {
  const timestamp = Date.parse('2026-10-21T10:00:00.000Z');
  const image = { kind: 'image', id: 'i', name: 'Pasted Image', mimeType: 'image/png', value: Object.fromEntries(picture.entries()) };
  const request = {
    requestId: 'r1', timestamp, message: { text: 'And this?', parts: [] }, variableData: { variables: [image] }, response: [{ value: 'A lamp.' }],
    modelState: { value: 1, completedAt: timestamp + 1_000 },
  };
  return { version: 3, creationDate: timestamp, lastMessageDate: timestamp, responderUsername: 'GitHub Copilot', sessionId, requests: [request] };
}
