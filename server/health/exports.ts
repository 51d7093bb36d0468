/** How the scheduled exports went, for *Health*. */

import { createHash } from 'node:crypto';
import type { HealthNote } from '../../shared/health.ts';
import { readRuns } from '../export/scheduled/runs.ts';

/** @param dataDirectory absolute path */
export async function exportNotes(dataDirectory: string): Promise<HealthNote[]> {
  const runs = await readRuns(dataDirectory);
  return runs.map(({ key, state, code, message }) => ({ id: `exports:${createHash('sha256').update(key).digest('hex').slice(0, 12)}:${code}`, code, state, message }));
}
