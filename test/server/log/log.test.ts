import assert from 'node:assert/strict';
import type { LogLine } from '../../../shared/log.ts';
import { readLogChoice } from '../../../shared/log.ts';
import { ProblemError } from '../../../shared/problem.ts';
import { among, fault, plainValue, version } from '../../../server/log/fields.ts';
import { createLevelTable } from '../../../server/log/levels.ts';
import { createLog, lineText, type Log } from '../../../server/log/log.ts';

const payload = 'what somebody typed';

function logInto(lines: LogLine[], levels = createLevelTable()): Log {
  return createLog({ levels, process: 'cli', sink: (line) => void lines.push(line), clock: () => Date.parse('2026-11-20T10:00:00Z') });
}

describe('a log line', () => {
  it('holds its event, its level and its fields', () => {
    const lines: LogLine[] = [];
    const levels = createLevelTable();
    levels.set(readLogChoice('info', {}));
    logInto(lines, levels).write('capture.switched', { on: true });
    assert.deepEqual(lines, [{ time: '2026-11-20T10:00:00.000Z', level: 'info', category: 'capture', event: 'capture.switched', process: 'cli', pid: process.pid, on: true }]);
  });

  it('takes no text, neither by its types nor when somebody goes round them', () => {
    const lines: LogLine[] = [];
    const levels = createLevelTable();
    levels.set(readLogChoice('trace', {}));
    const log = logInto(lines, levels);
    // @ts-expect-error a text is no field
    log.write('cli.done', { command: payload, ms: 1 });
    // @ts-expect-error nor is it an error
    log.write('lsp.failed', { error: payload });
    // @ts-expect-error nor one of the causes
    log.write('lsp.warned', { cause: payload });
    // @ts-expect-error and a field that the event has not is none
    log.write('capture.lost', { records: 3, path: payload });
    // @ts-expect-error nor is there an event of somebody's own
    log.write(`cli.${payload}`, {});
    assert.deepEqual(lines.map(({ event }) => event), ['cli.done', 'lsp.failed', 'lsp.warned', 'capture.lost']);
    assert.ok(!JSON.stringify(lines).includes('somebody'));
    assert.equal(lines[3]?.['records'], 3);
  });

  it('is redacted, word by word', () => {
    const line: LogLine = { time: 't', level: 'info', category: 'cli', event: 'cli.done', process: 'cli', pid: 1, command: 'abc' };
    assert.ok(lineText(line, (text) => text.replace('abc', '[redacted:x]')).includes('"command":"[redacted:x]"'));
  });
});

describe('levels', () => {
  it('are those of the category, else the one of all, and change live in threads that share them', () => {
    const table = createLevelTable();
    const thread = createLevelTable(table.shared);
    table.set(readLogChoice('warn', { import: 'trace', store: 'off' }));
    assert.deepEqual([thread.isOn('cli', 'warn'), thread.isOn('cli', 'info'), thread.isOn('import', 'trace'), thread.isOn('store', 'error')], [true, false, true, false]);
    table.set(readLogChoice('off', {}), 'debug');
    assert.deepEqual([thread.isOn('cli', 'debug'), thread.isOn('cli', 'trace'), thread.isOn('store', 'debug')], [true, false, true]);
    table.set(readLogChoice('off', {}));
    assert.equal(thread.isOn('cli', 'error'), false);
  });

  it('that nobody understands are not said', () => {
    assert.deepEqual(readLogChoice('loud', { import: 'debug', kitchen: 'debug', store: 5 }), { level: 'info', levels: { import: 'debug' } });
    assert.deepEqual(readLogChoice(undefined, 'debug'), { level: 'info', levels: {} });
  });
});

describe('what is left of an error', () => {
  it('is its code and where it came from in our files, without its message', () => {
    const error = new Error(`${payload}\n    at secret (/home/ada/secret.ts:1:2)`);
    const left = fault(error).fault;
    assert.match(left, /^Error at log\.test\.ts:\d+:\d+/);
    assert.ok(!/somebody|home|ada/.test(left), left);
    assert.deepEqual([plainValue('fault', fault(error)), plainValue('fault', { fault: payload }), plainValue('name', payload)], [left, undefined, undefined]);
    assert.equal(fault(Object.assign(new Error(payload), { code: 'ENOSPC', stack: '' })).fault, 'ENOSPC');
    assert.equal(fault(new ProblemError({ code: 'disk-full', message: payload })).fault, 'disk-full');
    assert.equal(fault(payload).fault, 'not-an-error');
    assert.equal(fault(Object.assign(new Error(), { code: payload, name: payload, stack: payload })).fault, 'Error');
  });

  it('and names are of a list, versions versions', () => {
    assert.deepEqual([among('codex', ['codex']), among('mine', ['codex']), version('24.1.0'), version('1.105.0-insider'), version(payload)].map(({ name }) => name), ['codex', 'other', '24.1.0', '1.105.0-insider', 'other']);
  });
});
