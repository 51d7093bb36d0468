/** A record as an event of ProgSnap2: its own types where there is one, and `X-` with the name that Daybook has for everything else. */

import { parseType, type DaybookRecord } from '../../shared/record.ts';

export const progSnapColumns = [
  'EventID', 'Order', 'SubjectID', 'EventType', 'ToolInstances', 'CodeStateID', 'ClientTimestamp', 'ClientTimezone', 'SessionID', 'ProjectID',
  'CodeStateSection', 'DestinationCodeStateSection', 'EventInitiator', 'EditType', 'X-ExitCode', 'X-Text',
] as const;

export type ProgSnapRow = Readonly<Partial<Record<(typeof progSnapColumns)[number], string | number>>>;

const fileEvents: Readonly<Record<string, string>> = {
  'editor.opened': 'File.Open', 'editor.edited': 'File.Edit', 'editor.saved': 'File.Save', 'editor.closed': 'File.Close',
  'file.created': 'File.Create', 'file.renamed': 'File.Rename', 'file.deleted': 'File.Delete',
};

/** Of all events: files are never held as a whole, and no state of the code is known. */
export const unknownCode = '0';

/**
 * @param order from 1
 * @param subject who did it, as the data set names them
 */
export function progSnapEvent(record: DaybookRecord, order: number, subject: string): ProgSnapRow {
  const { id, source, time, type, sessionid, workspace, actor } = record;
  const parsed = parseType(type);
  return {
    EventID: id,
    Order: order,
    SubjectID: subject,
    ToolInstances: source,
    CodeStateID: unknownCode,
    ClientTimestamp: time.replace(/Z$/, ''),
    ClientTimezone: '+0000',
    ...(sessionid !== undefined && { SessionID: sessionid }),
    ...(workspace !== undefined && { ProjectID: workspace }),
    ...(actor === 'user' && { EventInitiator: 'UserDirectAction' }),
    ...(actor?.startsWith('agent:') === true && { EventInitiator: 'ToolReaction' }),
    ...(parsed?.family === 'events' && fileRow(parsed.kind, record)) || { EventType: `X-${type.replace(/^dev\.daybook\./, '')}`, ...otherRow(record) },
  };
}

/** Undefined for what is no event of a file. */
function fileRow(kind: string, { subject, data }: DaybookRecord): ProgSnapRow | undefined {
  const event = fileEvents[kind];
  const { uri, oldUri, diff } = fieldsOf(data);
  const path = subject ?? uri;
  if (event === undefined || path === undefined || path === '') return undefined;
  if (event === 'File.Rename') return { EventType: event, CodeStateSection: oldUri ?? path, DestinationCodeStateSection: uri ?? path };
  return { EventType: event, CodeStateSection: path, ...(event === 'File.Edit' && { EditType: 'GenericEdit', ...(diff !== undefined && { 'X-Text': diff }) }) };
}

function otherRow({ subject, data }: DaybookRecord): ProgSnapRow {
  const { command } = fieldsOf(data);
  const exitCode = (data as { exitCode?: unknown } | null)?.exitCode;
  const text = command ?? subject;
  return { ...(text !== undefined && { 'X-Text': text }), ...(typeof exitCode === 'number' && { 'X-ExitCode': exitCode }) };
}

/** Those of its fields that are texts. */
function fieldsOf(data: unknown): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(Object.entries(data ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
