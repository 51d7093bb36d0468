/** A record as a row: the attributes that every record may have as columns, the payload and what else there is as JSON. */

import { families, parseType, type DaybookRecord, type Family } from '../../shared/record.ts';

export const columns = [
  'time', 'family', 'kind', 'source', 'sessionid', 'workspace', 'actor', 'subject', 'redactions', 'data', 'extensions', 'id', 'type', 'specversion',
] as const;

export type Row = Readonly<Record<(typeof columns)[number], string | number | null>>;

export function rowOf(record: DaybookRecord): Row {
  const { specversion, id, source, type, time, subject, sessionid, workspace, actor, redactions, data } = record;
  const parsed = parseType(type);
  return {
    time,
    family: parsed?.family ?? null,
    kind: parsed?.kind ?? null,
    source,
    sessionid: sessionid ?? null,
    workspace: workspace ?? null,
    actor: actor ?? null,
    subject: subject ?? null,
    redactions: redactions ?? null,
    data: JSON.stringify(data) ?? null,
    extensions: extensionsOf(record),
    id,
    type,
    specversion,
  };
}

/** A record as one line of JSON, its attributes always in one order: two machines write the same record in the same bytes. */
export function jsonOf({ specversion, id, source, type, time, subject, sessionid, workspace, actor, redactions, data, ...extensions }: DaybookRecord): string {
  const others = Object.fromEntries(Object.entries(extensions).sort(([a], [b]) => (a < b ? -1 : 1)));
  return JSON.stringify({ specversion, id, source, type, time, subject, sessionid, workspace, actor, redactions, ...others, data });
}

/** Attributes that have no column, as JSON; null where there are none. */
export function extensionsOf(record: DaybookRecord): string | null {
  const { specversion, id, source, type, time, subject, sessionid, workspace, actor, redactions, data, ...extensions } = record;
  return Object.keys(extensions).length > 0 ? JSON.stringify(extensions) : null;
}

/** The day of a record, UTC: `2026-11-20`. */
export function dayOf({ time }: DaybookRecord): string {
  return time.slice(0, 10);
}

export function familyOf({ type }: DaybookRecord): Family {
  return parseType(type)?.family ?? families[0];
}
