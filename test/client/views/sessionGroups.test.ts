import assert from 'node:assert/strict';
import { createListing } from '../../../client/views/listing.ts';
import { groupSessions, type Grouping } from '../../../client/views/sessionGroups.ts';
import type { SessionSummary } from '../../../shared/results.ts';
import { t } from '../translate.ts';

const looking = { t, now: new Date(2026, 10, 20, 14, 30), locale: 'en' };

function session(id: string, endedAt: Date, fields: Partial<SessionSummary> = {}): SessionSummary {
  const time = endedAt.toISOString();
  const counts = { turns: 1, prompts: 1, replies: 1, toolExecutions: 0 };
  return { id, kind: 'chat', source: 'claude-code', title: id, workspace: null, startedAt: time, endedAt: time, ...counts, ...fields };
}

const sessions = [
  session('a', new Date(2026, 10, 20, 14), { workspace: 'file:///home/ada/my%20shop/', tags: ['ship', 'ci'] }),
  session('b', new Date(2026, 10, 20, 0, 1), { source: 'codex' }),
  session('c', new Date(2026, 10, 19, 23, 59), { workspace: 'file:///home/ada/my%20shop/' }),
];

describe('client: groups of sessions', () => {
  const names = (grouping: Grouping, pinned: readonly SessionSummary[] = []): [string, string][] =>
    groupSessions(sessions, pinned, grouping, looking).map(({ name, sessions: those }) => [name, those.map(({ id }) => id).join(' ')]);

  it('are by local day, folder, tool or tag, in the order of their latest session', () => {
    assert.deepEqual(names('day'), [['Today', 'a b'], ['Yesterday', 'c']]);
    assert.deepEqual(names('workspace'), [['my shop', 'a c'], ['No folder', 'b']]);
    assert.deepEqual(names('tool'), [['Claude Code', 'a c'], ['Codex', 'b']]);
    assert.deepEqual(names('tag'), [['ship', 'a'], ['ci', 'a'], ['No tag', 'b c']]);
  });

  it('have what is pinned on top, once, however old', () => {
    const old = session('old', new Date(2025, 1, 1), { pinned: true });
    assert.deepEqual(names('day', [sessions[2] as SessionSummary, old]), [['Pinned', 'c old'], ['Today', 'a b']]);
  });

  it('stay as they were chosen', () => {
    const kept = new Map<string, unknown>();
    const memory = { get: (key: string) => kept.get(key), update: (key: string, value: unknown) => Promise.resolve(void kept.set(key, value)) };
    const listing = createListing(memory);
    assert.equal(listing.grouping, 'day');
    listing.grouping = 'tool';
    assert.equal(createListing(memory).grouping, 'tool');
    kept.set('sessionGrouping', 'nonsense');
    assert.equal(createListing(memory).grouping, 'day');
  });
});
