import type { SessionDocument } from '../../shared/results.ts';
import type { Aftermath } from './labels/aftermath.ts';

/** A session on its way out. */
export interface ExportedSession extends SessionDocument {
  /** What was recorded elsewhere in some spans, redacted, by time: for what later records prove about it. Absent where nobody can be asked. */
  readonly aftermath?: Aftermath;
}
