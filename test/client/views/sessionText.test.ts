import assert from 'node:assert/strict';
import { createSessionPages } from '../../../client/views/sessionPages.ts';
import { completenessLines, sessionContext, sessionDescription, sessionTitle } from '../../../client/views/sessionText.ts';
import type { SessionsParams } from '../../../shared/protocol.ts';
import type { SessionSummary } from '../../../shared/results.ts';
import { t } from '../translate.ts';

const now = new Date(2026, 10, 20, 14, 30);

function session(endedAt: Date, fields: Partial<SessionSummary> = {}): SessionSummary {
  const time = endedAt.toISOString();
  const counts = { turns: 14, prompts: 14, replies: 20, toolExecutions: 31 };
  return { id: `claude-code:${time}`, kind: 'chat', source: 'claude-code', title: 'Fix', workspace: null, startedAt: time, endedAt: time, ...counts, ...fields };
}

describe('client: sessions in the tree', () => {
  it('say which words their menu goes by', () => {
    assert.equal(sessionContext(session(now), false), 'session.chat');
    assert.equal(sessionContext(session(now, { relation: 'subagent', pinned: true, hidden: true }), false), 'session.subagent.pinned.hidden.chat');
    assert.equal(sessionContext(session(now, { kind: 'coding' }), true), 'session.resumable');
  });

  it('say their tags', () => {
    assert.equal(sessionDescription(t, session(now, { tags: ['ship', 'ci'] }), '2 h ago'), '2 h ago · 14 turns · Claude Code · #ship · #ci');
  });

  it('say when, turns and tool', () => {
    const when = '2 h ago';
    assert.equal(sessionDescription(t, session(now), when), '2 h ago · 14 turns · Claude Code');
    assert.equal(sessionDescription(t, session(now, { turns: 1, relation: 'subagent' }), when), 'Subagent · 2 h ago · 1 turn · Claude Code');
    assert.equal(sessionDescription(t, session(now, { kind: 'coding', source: 'lsp' }), when), '2 h ago · Coding');
    assert.equal(sessionDescription(t, session(now, { source: 'x\u202ey' }), when), '2 h ago · 14 turns · xy');
  });

  it('say what is not whole, and why', () => {
    const partial = session(now, { fidelity: 'partial', fidelityReason: 'One line could not be read.', sourceGone: true });
    assert.equal(sessionDescription(t, partial, '2 h ago'), '2 h ago · 14 turns · Claude Code · partial · source gone');
    assert.deepEqual(completenessLines(t, partial), ['partial: One line could not be read.', 'The source is gone; this copy is kept.']);
    assert.deepEqual(completenessLines(t, session(now, { fidelity: 'summary' })), ['summary']);
    assert.deepEqual(completenessLines(t, session(now)), []);
  });

  it('always have a title of one line', () => {
    assert.equal(sessionTitle(t, { title: 'a\nb' }), 'a b');
    assert.equal(sessionTitle(t, { title: '\u200b' }), 'Untitled session');
  });
});

describe('client: pages of sessions', () => {
  const all = Array.from({ length: 2500 }, (_none, place) => session(new Date(now.getTime() - place * 1000)));
  const asked: SessionsParams[] = [];
  const ask = async (params: SessionsParams) => {
    asked.push(params);
    const start = params.before ? all.findIndex(({ id }) => id === params.before?.id) + 1 : 0;
    return Promise.resolve({ sessions: all.slice(start, start + params.limit) });
  };
  beforeEach(() => asked.splice(0));

  it('show the first page, and one more for each wish', async () => {
    const pages = createSessionPages(ask, 100);
    assert.deepEqual(await pages.load(), all.slice(0, 100));
    assert.ok(pages.hasMore);
    pages.more();
    assert.deepEqual(await pages.load(), all.slice(0, 200));
  });

  it('ask for more than a thousand in parts', async () => {
    const pages = createSessionPages(ask, 1800);
    assert.deepEqual(await pages.load(), all.slice(0, 1800));
    assert.deepEqual(asked.map(({ limit }) => limit), [1000, 800]);
  });

  it('know the end', async () => {
    const pages = createSessionPages(ask, 3000);
    assert.equal((await pages.load()).length, 2500);
    assert.ok(!pages.hasMore);
  });
});
