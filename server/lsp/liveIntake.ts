/** The way into the record for what happens live. */

import { isActivity, type CodingSessions } from './codingSessions.ts';
import type { Intake } from './consent.ts';
import type { Workspaces } from './workspaces.ts';

/** Gives what happens live its coding session. */
export function createLiveIntake(take: Intake, workspaces: Workspaces, coding: CodingSessions): Intake {
  return async (records, source) => take(records.map((record) => {
    const isOurs = typeof record === 'object' && record !== null && !('specversion' in record) && record.session === undefined && record.family !== 'chats';
    if (!isOurs) return record;
    const workspace = record.workspace ?? workspaces.only();
    const session = isActivity(record) ? coding.at(workspace) : coding.during(workspace);
    return { ...record, ...(workspace === undefined ? {} : { workspace }), ...(session === undefined ? {} : { session }) };
  }), source);
}
