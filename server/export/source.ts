/** Where exports get things from. */

import type { ExportSelection } from '../../shared/protocol.ts';
import type { DaybookRecord } from '../../shared/record.ts';
import type { SessionDocument, SessionSummary } from '../../shared/results.ts';

/** What is chosen, in an order that the same record always has. */
export interface ExportSource {
  records(selection: ExportSelection): Iterable<DaybookRecord>;
  sessions(selection: ExportSelection): Iterable<SessionDocument>;
  /** The same sessions, without their records. */
  outline(selection: ExportSelection): readonly Pick<SessionSummary, 'id' | 'parent' | 'workspace' | 'startedAt'>[];
}
