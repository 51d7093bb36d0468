import assert from 'node:assert/strict';
import { commandRecord, isTask } from '../../../client/capture/terminalCommand.ts';

const command = { id: 'x', commandLine: 'npm test', startedAt: Date.UTC(2026, 10, 20, 9), endedAt: Date.UTC(2026, 10, 20, 9, 0, 3) };

describe('client: the record of a terminal command', () => {
  it('says what ran, when and how it ended', () => {
    const record = commandRecord({ ...command, exitCode: 1, output: { text: 'boom', omitted: 12 }, cwd: '/a', workspace: 'file:///a', terminal: 'bash', shell: 'bash' });
    assert.deepEqual(record, {
      id: 'x',
      family: 'tool_executions',
      kind: 'terminal.command',
      time: '2026-11-20T09:00:03.000Z',
      subject: 'npm test',
      workspace: 'file:///a',
      data: {
        command: 'npm test',
        cwd: '/a',
        exitCode: 1,
        status: 'failed',
        startedAt: '2026-11-20T09:00:00.000Z',
        durationMs: 3000,
        output: 'boom',
        outputOmitted: 12,
        terminal: 'bash',
        shell: 'bash',
      },
    });
  });

  it('leaves out what is not known', () => {
    const { data } = commandRecord({ ...command, output: { text: '', omitted: 0 } });
    assert.deepEqual(Object.keys(data), ['command', 'status', 'startedAt', 'durationMs']);
    assert.equal(data.status, 'unknown');
    assert.equal(commandRecord({ ...command, exitCode: 0 }).data.status, 'succeeded');
  });

  it('says when the output never came', () => {
    assert.equal(commandRecord({ ...command, output: { text: '', omitted: 0 }, outputMissing: true }).data.outputMissing, true);
    assert.ok(!('outputMissing' in commandRecord({ ...command, outputMissing: false }).data));
  });

  it('is not made for tasks', () => {
    assert.ok(isTask('', 'npm test'));
    assert.ok(isTask('npm', ' *  Executing task: npm test '));
    assert.ok(!isTask('bash', 'npm test'));
    assert.ok(!isTask('bash', 'echo "* Executing task"'));
  });
});
