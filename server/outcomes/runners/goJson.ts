/** `go test -json`: one event a line, as https://pkg.go.dev/cmd/test2json says. Not checked against a run of ours. */

import type { RunnerFormat, TestOutcome } from '../testRun.ts';
import { goRun, type GoPackage, type GoTest } from './goTests.ts';

interface TestEvent {
  readonly Action: string;
  readonly Package: string;
  readonly Test?: string;
  /** Seconds. */
  readonly Elapsed?: number;
  readonly Output?: string;
}

const outcomes: Readonly<Record<string, TestOutcome>> = { pass: 'passed', fail: 'failed', skip: 'skipped' };

export const goJson: RunnerFormat = {
  runner: 'go test',
  signature: ['"Action":'],
  read(lines, { isWhole }) {
    const events = lines.map(readEvent).filter((event) => event !== undefined);
    const ends = events.filter(({ Action, Test }) => Test === undefined && (Action === 'pass' || Action === 'fail'));
    if (!isWhole || ends.length === 0) return undefined;
    const outputs = outputsOf(events);
    const tests = Map.groupBy(events.filter(({ Action, Test }) => Test !== undefined && outcomes[Action] !== undefined), (event) => event.Package);
    return goRun(ends.map((event): GoPackage => ({
      path: event.Package,
      isOk: event.Action === 'pass',
      ...durationOf(event),
      tests: (tests.get(event.Package) ?? []).map((test): GoTest => ({
        name: test.Test ?? '', outcome: outcomes[test.Action] ?? 'failed', output: outputs.get(keyOf(test)) ?? [], ...durationOf(test),
      })),
    })));
  },
};

function readEvent(line: string): TestEvent | undefined {
  if (!line.startsWith('{"')) return undefined;
  try {
    const event = JSON.parse(line) as Partial<Record<keyof TestEvent, unknown>>;
    const isEvent = typeof event.Action === 'string' && typeof event.Package === 'string'
      && (event.Test === undefined || typeof event.Test === 'string') && (event.Output === undefined || typeof event.Output === 'string');
    return isEvent ? (event as TestEvent) : undefined;
  } catch {
    return undefined; // what a test prints may begin like an event; a line that was cut is none
  }
}

/** What each test printed, without the lines by which go says that it runs. */
function outputsOf(events: readonly TestEvent[]): Map<string, string[]> {
  const outputs = new Map<string, string[]>();
  for (const event of events) {
    const { Action, Test, Output = '' } = event;
    if (Action !== 'output' || Test === undefined || /^(?:=== | *--- )/.test(Output)) continue;
    const known = outputs.get(keyOf(event)) ?? [];
    outputs.set(keyOf(event), known);
    known.push(Output.replace(/\n$/, ''));
  }
  return outputs;
}

function keyOf({ Package, Test = '' }: TestEvent): string {
  return `${Package}\n${Test}`;
}

function durationOf({ Elapsed }: TestEvent): { readonly durationMs?: number } {
  return typeof Elapsed === 'number' ? { durationMs: Math.round(Elapsed * 1_000) } : {};
}
