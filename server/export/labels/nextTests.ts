/** The test run that came next after an agent had edited, turn by turn. */

import type { DaybookRecord } from '../../../shared/record.ts';
import type { TestRun } from '../../../shared/testRun.ts';
import type { Step } from '../conversation.ts';
import type { AgentEdit } from './agentEdits.ts';
import { isWithin } from './filePath.ts';
import type { Label } from './label.ts';

export interface TestedTurn {
  /** The edits of one turn. */
  readonly edits: readonly AgentEdit[];
  readonly label: Label & { readonly kind: 'tests-passed' | 'tests-failed' };
}

/** @param steps those of which the edits are; a turn begins with each question */
export function testedTurns(edits: readonly AgentEdit[], steps: readonly Step[], workspace: string | null, later: readonly DaybookRecord[], minutes: number): TestedTurn[] {
  const turnOf = ({ made }: AgentEdit): number => steps.slice(0, made.at).filter(({ role }) => role === 'user').length;
  const turns = [...Map.groupBy(edits, turnOf).values()];
  return turns.flatMap((those, index) => {
    const start = those.at(-1)?.made.call.answer.time ?? '';
    const end = turns[index + 1]?.[0]?.made.call.answer.time ?? '~';
    const until = new Date(Date.parse(start) + minutes * 60_000).toISOString();
    const run = later.find((record) => record.type === 'dev.daybook.event.test.run' && record.time >= start && record.time <= until && record.time < end && isWithin(record.workspace, workspace));
    const status = (run?.data as Partial<TestRun> | null | undefined)?.status;
    if (!run || (status !== 'succeeded' && status !== 'failed')) return [];
    const records = [...new Set(those.flatMap(({ made }) => made.records)), run.id];
    return [{ edits: those, label: { kind: status === 'succeeded' ? 'tests-passed' as const : 'tests-failed' as const, records } }];
  });
}
