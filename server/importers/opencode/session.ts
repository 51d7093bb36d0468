/** A row of the table `session` → what is said of the session, and what its messages need to know of it. */

import type { ChatSessionHeader } from '../../../shared/session.ts';
import { present } from '../formats/fields.ts';
import { asNumber, asObject, asText, parseJson } from '../formats/json.ts';
import { fromMs, modified } from '../formats/moment.ts';
import { fileUri } from '../formats/place.ts';
import { titleFrom } from '../formats/title.ts';
import type { ImportedRecord, Row, RowQuery, SourceDatabase, SourceFile } from '../importer.ts';
import { dataOf, laterSessionColumns, messageQuery, partQuery, sessionQuery, sourceName } from './format.ts';

export interface Session {
  readonly id: string;
  readonly row: Row;
  /** Milliseconds since 1970. */
  readonly created?: number;
  readonly parent?: string;
  readonly hasParent: boolean;
  readonly workspace?: string;
  /** Id of the first message that was taken back; all with a later id were too. */
  readonly reverted?: string;
}

// What a session is called until it has a title.
const untitled = /^(?:New|Child) session - /;

/** @param since milliseconds; sessions that changed then or later, all when absent */
export function* changedSessions(database: SourceDatabase, since: number): Generator<Session> {
  const where = [{ column: 'time_updated', is: '>=', value: since }] as const;
  for (const row of database.rows({ ...queryIn(database), where })) yield sessionOf(database, row);
}

/** What is known of a session: hardly anything when its row is gone, and its messages are not. */
export function sessionOfId(database: SourceDatabase, id: string): Session {
  const row = first(database.rows({ ...queryIn(database), where: [{ column: 'id', is: '=', value: id }] }));
  return sessionOf(database, row ?? { id });
}

export function headerOf(session: Session, database: SourceDatabase, file: SourceFile): ImportedRecord {
  const { id, row, parent, workspace, created } = session;
  const cwd = asText(row['directory']);
  const data: ChatSessionHeader = {
    ...titleOf(session, database),
    ...present('cwd', workspace === undefined ? undefined : cwd),
    agent: { name: 'opencode', ...present('version', asText(row['version'])) },
    ...(parent === undefined ? {} : { parent: `${sourceName}:${parent}`, relation: 'subagent' }),
    fidelity: 'full',
    format: file.format,
    origin: file.path,
  };
  return { kind: 'session', session: id, time: fromMs(created) ?? modified(file), ...present('workspace', workspace), data };
}

function sessionOf(database: SourceDatabase, row: Row): Session {
  const parent = asText(row['parent_id']);
  const above = parent === undefined ? undefined : first(database.rows({ ...sessionQuery, columns: ['id'], where: [{ column: 'id', is: '=', value: parent }] }));
  const revert = asObject(parseJson(asText(row['revert']) ?? ''));
  return {
    id: String(row['id']),
    row,
    ...present('created', asNumber(row['time_created'])),
    ...present('parent', parent),
    hasParent: above !== undefined,
    ...present('workspace', fileUri(asText(row['directory']) ?? '')),
    ...present('reverted', revertedFrom(asText(revert?.['messageID']), asText(revert?.['partID']))),
  };
}

/** Only messages behind it, when a part of it stays: `~` comes after all that ids are made of. */
function revertedFrom(message: string | undefined, part: string | undefined): string | undefined {
  return message === undefined || part === undefined ? message : `${message}~`;
}

function queryIn(database: SourceDatabase): RowQuery {
  const there = database.columns(sessionQuery.table);
  return { ...sessionQuery, columns: [...sessionQuery.columns, ...laterSessionColumns.filter((name) => there.has(name))] };
}

function titleOf({ id, row }: Session, database: SourceDatabase): Pick<ChatSessionHeader, 'title' | 'titleSource'> {
  const given = titleFrom(asText(row['title']) ?? '');
  if (given !== undefined && !untitled.test(given)) return { title: given, titleSource: 'ai' };
  const message = first(database.rows({ ...messageQuery, columns: ['id'], where: [{ column: 'session_id', is: '=', value: id }] }));
  const parts = message ? database.rows({ ...partQuery, where: [{ column: 'message_id', is: '=', value: String(message['id']) }] }) : [];
  for (const part of parts) {
    const value = dataOf(part);
    const title = value?.['type'] === 'text' && value['synthetic'] !== true ? titleFrom(asText(value['text']) ?? '') : undefined;
    if (title !== undefined) return { title, titleSource: 'first-prompt' };
  }
  return {};
}

function first(rows: Iterable<Row>): Row | undefined {
  for (const row of rows) return row;
  return undefined;
}
