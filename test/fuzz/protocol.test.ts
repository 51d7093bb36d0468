import assert from 'node:assert/strict';
import { join } from 'node:path';
import { validate } from '../../server/ingest/validate.ts';
import { readEntry } from '../../server/export/scheduled/entry.ts';
import { forgetSelection, markParams, recordList } from '../../server/lsp/params.ts';
import { readingRequests, type RequestHandlers } from '../../server/lsp/queries.ts';
import { readSettings } from '../../server/lsp/settings.ts';
import { readConsent } from '../../shared/consent.ts';
import { openCore } from '../support/core.ts';
import { folderForAll } from '../support/folder.ts';
import { cases, fuzz } from './fuzzing.ts';

const records = [
  { family: 'events', kind: 'note', data: { text: 'hi' }, session: 's', subject: 'a.ts', actor: 'user', workspace: 'file:///w', time: '2026-11-20T10:00:00Z' },
  { specversion: '1.0', id: 'e1', source: 'mine', type: 'dev.daybook.event.note', time: '2026-11-20T10:00:00+01:00', data: { text: 'hi' }, traceparent: '00-1-2-3' },
  { family: 'chats', kind: 'message', session: 't:1', data: { role: 'user', parts: [{ type: 'text', content: 'a' }, { type: 'tool_call', id: '1', name: 'x', arguments: {} }], usage: { inputTokens: 1 } } },
  { family: 'tool_executions', kind: 'terminal.command', data: { command: 'ls', startedAt: '2026-11-20T10:00:00Z', status: 'failed', exitCode: 1 } },
] as const;

const selections = [
  { query: 'a', since: '2026-11-20T00:00:00Z', until: '2026-11-21T00:00:00Z', sessions: ['a'], files: ['/a'], ids: ['1'], workspaces: ['/w'] },
  { sessions: ['a', 'b'], pinned: true, hidden: false, title: 'x', tags: ['a'] },
  [{ family: 'events', kind: 'note', data: {} }],
  { format: 'csv', folder: '/data/out', every: 'day', query: 'source:codex', set: { minutes: 15 } },
  { default: 'full', folders: { 'file:///a': 'off', 'file:///a/b': 'metadata' } },
] as const;

const settings = {
  dataDirectory: '', recording: true, captureEditor: true, ignore: ['**/x'], maxFileSize: 5, disabledSources: ['codex'], exports: [{}], idleMinutes: 15,
  backups: { automatic: true, folder: '', daily: 7, weekly: 4 }, retention: { events: 365, graceDays: 14 }, budget: { cpuPercent: 100 }, consent: { default: 'full', folders: { 'file:///a': 'off' } },
} as const;

describe('hostile words to the server', function () {
  this.timeout(300_000);
  const at = folderForAll();

  it(`${cases.records} records are taken or refused with a reason, and what is taken is taken again`, async () => {
    await fuzz(cases.records, (mutants) => mutants.json(mutants.one(records)), (input) => {
      const result = validate(input, 'fuzz');
      if ('reason' in result) assert.ok(result.reason.length > 0 && result.reason.length < 1_000);
      else assert.ok('record' in validate(JSON.parse(JSON.stringify(result.record)), 'fuzz'));
    });
  });

  it(`${cases.selections} selections, marks, exports and levels are understood as a whole or refused`, async () => {
    await fuzz(cases.selections, (mutants) => mutants.json(mutants.one(selections)), (input) => {
      for (const read of [forgetSelection, markParams, recordList]) refusing(() => read(input));
      readEntry(input);
      readConsent(typeof input === 'object' && input !== null ? input : {});
    });
  });

  it(`${cases.settings} settings are read, and what is wrong with them is named`, async () => {
    await fuzz(cases.settings, (mutants) => mutants.json(settings), (input) => {
      const wrong: string[] = [];
      assert.equal(typeof readSettings(input, (name) => wrong.push(name)).recording, 'boolean');
    });
  });

  it(`${cases.requests} requests are answered or refused with a sentence`, async () => {
    const core = openCore(join(at.path, 'data'), join(at.path, 'home'));
    await core.record([...records], 'fuzz');
    const requests = Object.entries(readingRequests(core, () => Promise.reject(new Error('Nobody asked for health.'))));
    const params = {
      id: 't:1', query: 'hi is:error', limit: 5, before: { endedAt: '2026-11-20T10:00:00.000Z', id: 't:1' }, only: 'pinned', filter: 'a', file: 'file:///a.ts', from: 0, record: 't:1:1', block: 0, text: 'hi', turn: 1,
      name: 'x.png', typing: true, grouped: true, days: 7, workspace: 'file:///w', day: '2026-11-20', source: 'mine', run: 'r',
    };
    type Handler = (params: unknown) => unknown;
    await fuzz(cases.requests, (mutants) => [mutants.one(requests)[0], mutants.json(params)] as const, async ([method, input]) => {
      const handler = (Object.fromEntries(requests) as unknown as RequestHandlers)[method as keyof RequestHandlers] as Handler;
      try {
        await handler(input ?? {});
      } catch (error) {
        assert.ok(error instanceof Error && error.message !== '', method);
        assert.doesNotMatch(error.message, /SQLITE|SELECT|is not a function|Cannot (read|convert|destructure)/, method);
      }
    });
    assert.equal(core.stats().records > 0, true);
    await core.close();
  });
});

function refusing(read: () => unknown): void {
  try {
    read();
  } catch (error) {
    assert.equal(error instanceof Error && error.name, 'ValiError');
  }
}
