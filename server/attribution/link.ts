/** The other end of a link, in one line for a person. */

import { parseType, type DaybookRecord } from '../../shared/record.ts';
import type { Because, Link } from '../../shared/links.ts';
import { toolUse } from '../../shared/toolUse.ts';
import { commandOf } from './command.ts';
import { fieldsOf, type Deed } from './witness.ts';

const longest = 120;

export function linkTo(record: DaybookRecord, because: Because, label = labelOf(record)): Link {
  return {
    id: record.id, what: 'record', kind: parseType(record.type)?.kind ?? record.type, time: record.time, label: oneLine(label),
    ...(record.sessionid === undefined ? {} : { session: record.sessionid }), because,
  };
}

/** To the message that holds a call: `Edit · src/cart.ts`. */
export function linkToDeed({ record, call }: Deed, because: Because): Link {
  return linkTo(record, because, call && callLabel(call));
}

function callLabel(call: NonNullable<Deed['call']>): string {
  const { command, files } = toolUse(call);
  const about = command ?? files[0]?.split(/[\\/]/).at(-1);
  return about === undefined ? call.name : `${call.name} · ${about}`;
}

function labelOf(record: DaybookRecord): string {
  return record.subject ?? commandOf(record) ?? text(fieldsOf(record)['uri'])?.split('/').at(-1) ?? parseType(record.type)?.kind ?? record.type;
}

function oneLine(label: string): string {
  const line = label.replace(/\s+/g, ' ').trim();
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
