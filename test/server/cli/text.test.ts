import assert from 'node:assert/strict';
import * as show from '../../../server/cli/text.ts';
import type { HealthResult, SourceHealth } from '../../../shared/health.ts';
import type { SessionSummary } from '../../../shared/results.ts';

const counts = { files: 1, sessions: 1, prompts: 2, replies: 1, toolExecutions: 0, usage: {}, newRecords: 3, problems: 0 };
const session: SessionSummary = {
  id: 'tool:1', kind: 'chat', source: 'tool', title: 'Fix it', workspace: null, startedAt: '2026-11-20T09:00:00.000Z', endedAt: '2026-11-20T10:00:00.000Z',
  turns: 1, prompts: 1, replies: 1, toolExecutions: 0,
};

const health: HealthResult = { state: 'ok', time: '2026-11-20T10:00:00.000Z', sources: [] };
const row: SourceHealth = {
  source: 'tool', displayName: 'Tool', state: 'ok', records: 1234, sessions: 5, redactions: 6, dropped: 7, gaps: 8, lastAt: '2026-11-20T10:00:00.000Z',
  problems: {}, files: { read: 1, waiting: 0, gone: 0 }, keptSessions: 0, unknownTypes: [], notes: [],
};

describe('text for people', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['an import', show.importText({ sources: { tool: counts }, unrecognised: ['/a b'] }),
      'tool: 1 session, 2 prompts, 1 reply, 0 tool uses in 1 file; 3 new records\nNo importer yet for /a b'],
    ['an import with problems', show.importText({ sources: { tool: { ...counts, replies: 2, problems: 1 } }, unrecognised: [] }),
      'tool: 1 session, 2 prompts, 2 replies, 0 tool uses in 1 file; 3 new records, 1 problem (daybook doctor)'],
    ['an import of tokens', show.importText({ sources: { tool: { ...counts, usage: { inputTokens: 900, cacheReadTokens: 90, outputTokens: 9 } } }, unrecognised: [] }),
      'tool: 1 session, 2 prompts, 1 reply, 0 tool uses, 999 tokens in 1 file; 3 new records'],
    ['an import of nothing', show.importText({ sources: {}, unrecognised: [] }), 'No sessions were found.'],
    ['a record', show.recordText({ accepted: 1, duplicates: 2, rejected: [{ line: 4, reason: 'id is missing.' }] }),
      '1 record accepted, 2 known already, 1 rejected.\nLine 4: id is missing.'],
    ['a list', show.listText({ sessions: [session] }), '2026-11-20 10:00  tool · 1 turn  Fix it\n    tool:1'],
    ['a coding session', show.listText({ sessions: [{ ...session, kind: 'coding' }] }), '2026-11-20 10:00  tool  Fix it\n    tool:1'],
    ['a session that is not whole and its source gone', show.listText({ sessions: [{ ...session, fidelity: 'partial', sourceGone: true }] }),
      '2026-11-20 10:00  tool · 1 turn · partial · source gone, kept here  Fix it\n    tool:1'],
    ['an empty list', show.listText({ sessions: [] }), 'No sessions yet. Read those of your AI tools with: daybook import'],
    ['a rebuild', show.rebuildText({ files: 1, records: 2, durationMs: 1_234, problems: 0 }), 'The index was made again from 1 journal file: 2 records in 1.2 s.'],
    ['a rebuild with problems', show.rebuildText({ files: 2, records: 1, durationMs: 4, problems: 1 }),
      'The index was made again from 2 journal files: 1 record in 0.0 s, 1 line that could not be read.'],
    ['a doctor', show.doctorText({ healthy: false, checks: [{ name: 'a', state: 'ok', message: 'A.' }, { name: 'b', state: 'failed', message: 'B.' }], health }),
      '✓ a: A.\n✗ b: B.\nSomething needs a look.'],
    ['the ledger', show.doctorText({ healthy: true, checks: [], health: { ...health, sources: [{ ...row, source: 'daybook' }, row] } }),
      'source  records  sessions  redacted  dropped  gaps  last seen\nTool       1234         5         6        7     8  2026-11-20 10:00\nAll is well.'],
    ['figures', show.statsText({
      records: 1, sessions: 2, byFamily: { events: 1 }, bySource: { cli: 1 }, journalBytes: 999, databaseBytes: 1_500_000, redactions: 1, problems: 0,
      edits: { since: '2026-11-13T10:00:00.000Z', total: 3, byActor: { 'agent:codex': 1, unknown: 2 } },
    }), '1 record in 2 sessions\n  events: 1\nBy source\n  cli: 1\nJournal 999 B, database 1.5 MB\n1 redaction, 0 problems\nEdits and changes of files since 2026-11-13\n  agent:codex: 1\n  unknown: 2'],
  ];
  for (const [what, text, expected] of cases) it(`says ${what}`, () => assert.equal(text, expected));

  it('lets no title steer the terminal', () => {
    const hostile = 'a\u001b[31mred\u0007\nnew\u202eline\u009b2J';
    assert.doesNotMatch(show.listText({ sessions: [{ ...session, title: hostile }] }), /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    assert.equal(show.listText({ sessions: [{ ...session, title: hostile }] }).split('\n').length, 2);
    assert.doesNotMatch(show.importText({ sources: {}, unrecognised: [hostile] }), /\u001b/);
  });
});
