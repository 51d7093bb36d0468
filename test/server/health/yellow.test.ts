import assert from 'node:assert/strict';
import { appendFile, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { gapRecord } from '../../../client/capture/gap.ts';
import { createCore, type Core } from '../../../server/core.ts';
import { importers } from '../../../server/importers/registry.ts';
import { createRedactor } from '../../../server/ingest/redact.ts';
import type { HealthNote } from '../../../shared/health.ts';
import { writeSession } from '../../support/demo/claudeCode.ts';
import { sessions } from '../../support/demo/sessions.ts';
import { folderForEachTest } from '../../support/folder.ts';

const redactor = createRedactor();

describe('Health is yellow with a true sentence', () => {
  const at = folderForEachTest();
  let core: Core;
  let session = '';

  beforeEach(async () => {
    const machine = { platform: process.platform, home: at.path, env: {}, vscodeUserDirectories: [] };
    core = createCore({ dataDirectory: join(at.path, 'data'), machine, redactor, importers });
    const [first] = sessions;
    assert.ok(first);
    session = await writeSession(at.path, first);
    await core.import({});
    assert.equal((await core.health()).state, 'ok', 'green before');
  });
  afterEach(() => core.close());

  async function warning(source: string): Promise<HealthNote | undefined> {
    const { state, sources } = await core.health();
    assert.equal(state, 'warning');
    const row = sources.find((each) => each.source === source);
    assert.equal(row?.state, 'warning');
    return row.notes.find((each) => each.state === 'warning');
  }

  it('when a terminal has no shell integration', async () => {
    await core.record([gapRecord({ id: 'gap', terminal: 'dash', shell: 'sh' })], 'vscode');
    assert.match((await warning('vscode'))?.message ?? '', /^Commands of the terminal dash \(sh\) are not recorded: it has no shell integration\. Turn on terminal\.integrated/);
  });

  it('when a line of a session file cannot be parsed', async () => {
    await appendFile(session, '{"torn": \n');
    await core.import({});
    const { message = '' } = (await warning('claude-code')) ?? {};
    assert.match(message, /^Line \d+ of .+\.jsonl is not /);
    assert.ok(message.includes(session), message);
  });

  it('when a file has grown and its source was silent', async () => {
    await appendFile(session, '{"type":"summary","summary":"Later","leafUuid":"x"}\n');
    const before = new Date(Date.now() - 10 * 60_000);
    await utimes(session, before, before);
    assert.equal((await warning('claude-code'))?.message,
      `${session} has changed, and what is new in it was not read for more than two minutes. daybook import reads it.`);
    await core.import({});
    assert.equal((await core.health()).state, 'ok', 'green again');
  });
});
