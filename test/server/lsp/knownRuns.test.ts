import assert from 'node:assert/strict';
import { createKnownRuns } from '../../../server/lsp/knownRuns.ts';
import type { DaybookRecord } from '../../../shared/record.ts';
import type { TestRun } from '../../../shared/testRun.ts';

const start = Date.UTC(2026, 10, 20, 10);
const workspace = 'file:///w';
const numbers = (passed: number, failed = 0): { passed: number; failed: number; skipped: number } => ({ passed, failed, skipped: 0 });

/** A command of ten seconds and the run in its output. */
function printed(passed: number, failed = 0, of = workspace): [run: DaybookRecord<TestRun>, command: DaybookRecord] {
  const envelope = { specversion: '1.0' as const, source: 'vscode', time: new Date(start + 10_000).toISOString(), workspace: of };
  const data: TestRun = { runner: 'pytest', parent: 'c', status: 'succeeded', ...numbers(passed, failed), tests: [] };
  return [
    { ...envelope, id: 'c:test', type: 'dev.daybook.event.test.run', data },
    { ...envelope, id: 'c', type: 'dev.daybook.tool_execution.terminal.command', data: { startedAt: new Date(start).toISOString() } },
  ];
}

describe('one run that is seen twice', () => {
  it('is one when the report comes after the command', () => {
    const runs = createKnownRuns();
    assert.equal(runs.printed(...printed(3, 1)).data.sameAs, undefined);
    assert.equal(runs.printedAs(workspace, start + 9_000, numbers(3, 1)), 'c:test');
    assert.equal(runs.printedAs(workspace, start + 9_000, numbers(2)), 'c:test', 'a part of it');
    for (const [of, at, other] of [['file:///v', 9_000, numbers(3, 1)], [workspace, 20_000, numbers(3, 1)], [workspace, -9_000, numbers(3, 1)], [workspace, 9_000, numbers(4)]] as const) {
      assert.equal(runs.printedAs(of, start + at, other), undefined, JSON.stringify([of, at, other]));
    }
  });

  it('is one when the command ends after the report', () => {
    const runs = createKnownRuns();
    runs.reported({ id: 'r', workspace, at: start + 5_000, numbers: numbers(3, 1) });
    assert.equal(runs.printed(...printed(3, 1)).data.sameAs, 'r');
    assert.equal(runs.printed(...printed(3)).data.sameAs, undefined);
    assert.equal(runs.printed(...printed(3, 1, 'file:///v')).data.sameAs, undefined);
  });

  it('is one of a command that wrote several reports, with all of them together', () => {
    const runs = createKnownRuns();
    runs.reported({ id: 'before', workspace, at: start - 60_000, numbers: numbers(9) });
    runs.reported({ id: 'a', workspace, at: start + 1_000, numbers: numbers(3) });
    runs.reported({ id: 'b', workspace, at: start + 5_000, numbers: numbers(4, 1) });
    assert.equal(runs.printed(...printed(7, 1)).data.sameAs, 'b');
  });

  it('is known to coverage that is written beside it', () => {
    const runs = createKnownRuns();
    runs.reported({ id: 'r', workspace, at: start, numbers: numbers(1) });
    assert.deepEqual([runs.during(workspace, start + 1_000), runs.during(workspace, start + 60_000), runs.during('file:///v', start)], ['r', undefined, undefined]);
  });
});
