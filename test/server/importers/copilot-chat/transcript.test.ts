import assert from 'node:assert/strict';
import type { ChatMessage } from '../../../../shared/session.ts';
import { copilotChat } from '../../../../server/importers/copilot-chat/index.ts';
import { counts, fixture, header, message, readLines, sourceFile } from './reading.ts';

const format = 'copilot-chat-transcript';
const session = '11111111-aaaa-4bbb-8ccc-000000000003';
const sessionFile = `../../chatSessions/${session}.jsonl`;
const path = `/data/GitHub.copilot-chat/transcripts/${session}.jsonl`;

describe('copilot-chat: transcripts', () => {
  const read = readLines(
    format,
    fixture('transcript.jsonl'),
    { path, neighbours: { '../../workspace.json': '{"folder":"file:///home/ada/shop"}' } },
  );

  it('counts the session where nothing else tells it', () => {
    assert.deepEqual(read.problems, []);
    // Two answers of the model; one call it asked for and one that only began.
    assert.deepEqual(counts(read), { sessions: 1, prompts: 1, replies: 2, toolCalls: 2 });
    assert.equal(read.records[0]?.session, session);
    assert.equal(read.records[0].time, '2026-05-28T20:26:40.000Z');
    assert.equal(read.records[0].workspace, 'file:///home/ada/shop');
  });

  it('says what it lacks', () => {
    assert.deepEqual(header(read), {
      title: 'List the files', titleSource: 'first-prompt', cwd: '/home/ada/shop', agent: { name: 'Copilot Chat', version: '0.50.1' },
      fidelity: 'partial', fidelityReason: 'The transcript carries no models, token counts or edits.', format, origin: path,
    });
  });

  it('keeps what was said and done', () => {
    const expected: Record<string, ChatMessage> = {
      e1: {
        role: 'user',
        parts: [{ type: 'text', content: 'List the files\nplease' }, { type: 'uri', uri: 'file:///home/ada/shop/a.ts' }],
      },
      e3: {
        role: 'assistant', responseId: 'm1',
        parts: [
          { type: 'reasoning', content: 'A listing will do.' },
          { type: 'tool_call', id: 'call_ls', name: 'list_dir', arguments: { path: '/home/ada/shop' } },
        ],
      },
      e5: { role: 'tool', parts: [{ type: 'tool_call_response', id: 'call_ls', response: 'a.ts', status: 'succeeded', durationMs: 250 }] },
      e6: { role: 'tool', parts: [{ type: 'tool_call', id: 'call_lost', name: 'get_errors', arguments: {} }] },
      e7: { role: 'tool', parts: [{ type: 'tool_call_response', id: 'call_lost', status: 'failed', durationMs: 100 }] },
      e8: { role: 'assistant', responseId: 'm2', parts: [{ type: 'text', content: 'There is one file.' }] },
    };
    for (const [id, data] of Object.entries(expected)) assert.deepEqual(message(read, id), data, id);
    assert.equal(read.records.filter((record) => record.kind === 'message').length, 6);
  });

  it('keeps lines of a type it does not know', () => {
    const unknown = read.records.find((record) => record.kind === 'unknown');
    assert.equal(unknown?.kind === 'unknown' && unknown.data.nativeType, 'session.sparkles');
  });

  it('counts nothing where VS Code has the session itself', () => {
    const beside = readLines(
      format,
      fixture('transcript.jsonl'),
      { path, neighbours: { [sessionFile]: '{"requests":[{"requestId":"r"}]}' } },
    );
    assert.deepEqual(counts(beside), { sessions: 1, prompts: 0, replies: 0, toolCalls: 0 });
    assert.equal(beside.records.some((record) => record.kind === 'session'), false);
    assert.equal(beside.records.filter((record) => record.kind === 'message' && record.data.copied).length, 6);
  });

  it('counts where the session file is still empty, and takes that back once it is not', () => {
    const neighbours: Record<string, string> = { [sessionFile]: '{"requests":[]}' };
    const reader = copilotChat.open(sourceFile(format, { path, neighbours }));
    const lines = fixture('transcript.jsonl').trimEnd().split('\n');
    for (const [index, text] of lines.entries()) reader.push({ text, line: index + 1, offset: 0 });
    assert.equal(counts(reader.take()).prompts, 1);
    assert.deepEqual(reader.take(), { records: [], problems: [] });
    neighbours[sessionFile] = '{"requests":[{"requestId":"r"}]}';
    const again = reader.take();
    assert.deepEqual(counts(again), { sessions: 1, prompts: 0, replies: 0, toolCalls: 0 });
    assert.equal(again.records.length, 6);
  });

  it('asks for no file outside the storage folder, whatever the session calls itself', () => {
    const asked: string[] = [];
    const file = { ...sourceFile(format, { path }), neighbour: (relativePath: string): undefined => void asked.push(relativePath) };
    const reader = copilotChat.open(file);
    const lines = fixture('transcript.jsonl').replaceAll(session, '../../../etc/passwd').trimEnd().split('\n');
    for (const [index, text] of lines.entries()) reader.push({ text, line: index + 1, offset: 0 });
    reader.take();
    assert.deepEqual(asked, ['../../workspace.json']);
  });

  it('says which line it cannot read, and has no records without a conversation', () => {
    const start = '{"type":"session.start","data":{"sessionId":"s"},"id":"a"}';
    const broken = readLines(format, `${start}\n{"type":"user.mess\n{"type":5}\n`, { path });
    assert.deepEqual(broken.records, []);
    assert.deepEqual(broken.problems.map(({ code, where }) => [code, where?.line]), [['malformed-line', 2], ['malformed-line', 3]]);
  });
});
