/** From an importer's values to records: the one place where imported things get their identity. */

import { createHash } from 'node:crypto';
import { typeOf, type DaybookRecord } from '../../shared/record.ts';
import type { Problem } from '../../shared/problem.ts';
import type { ImportedRecord } from './importer.ts';

/** Name of a session, everywhere. */
export function sessionName(source: string, session: string): string {
  return `${source}:${session}`;
}

export function toRecord(source: string, imported: ImportedRecord): DaybookRecord {
  const sessionid = sessionName(source, imported.session);
  return {
    specversion: '1.0',
    id: `${sessionid}:${imported.kind === 'session' ? 'session' : imported.id}`,
    source,
    type: typeOf('chats', imported.kind),
    time: imported.time,
    sessionid,
    ...(imported.workspace === undefined ? {} : { workspace: imported.workspace }),
    ...(imported.actor === undefined ? {} : { actor: imported.actor }),
    data: imported.data,
  };
}

/** The same problem at the same place is one record, however often it is met. */
export function problemRecord(source: string, problem: Problem, time: string): DaybookRecord {
  const place = JSON.stringify([problem.code, problem.where?.file, problem.where?.offset ?? problem.where?.line ?? problem.message]);
  return {
    specversion: '1.0',
    id: `problem:${source}:${createHash('sha1').update(place).digest('hex').slice(0, 16)}`,
    source,
    type: typeOf('events', 'source.problem'),
    time,
    ...(problem.where?.file === undefined ? {} : { subject: problem.where.file }),
    data: problem,
  };
}
