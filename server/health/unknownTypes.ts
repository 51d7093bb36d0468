/** Format drift: the native types of lines that an importer does not know, counted. */

import type { UnknownType } from '../../shared/health.ts';
import type { ChatSessionHeader } from '../../shared/session.ts';
import type { Ledger } from '../store/ledger.ts';
import type { Tally } from './tally.ts';

type Unknown = Tally['unknown'];

/** The types among the records of one source, the most frequent first. */
export function unknownTypes(unknown: Unknown, ledger: Ledger): UnknownType[] {
  const byType = Map.groupBy(unknown, ({ data }) => data.type);
  return [...byType].map(([type, met]) => {
    const first = met.reduce((earliest, each) => (each.time < earliest.time ? each : earliest));
    const version = versionOf(met.at(-1)?.data.session, ledger);
    return { type, count: met.length, firstAt: first.time, example: first.id, ...(version === undefined ? {} : { version }) };
  }).sort((a, b) => b.count - a.count || (a.type < b.type ? -1 : 1));
}

function versionOf(session: string | undefined, ledger: Ledger): string | undefined {
  const header = session === undefined ? undefined : ledger.header(session)?.read()?.data;
  const version = (header as Partial<ChatSessionHeader> | null | undefined)?.agent?.version;
  return typeof version === 'string' ? version : undefined;
}
