/** A record in a line. */

import type { DaybookRecord } from '../../shared/record.ts';
import { parseType } from '../../shared/record.ts';
import type { SearchNeighbour } from '../../shared/results.ts';
import { passage } from './passage.ts';
import { searchText } from './searchText.ts';

export function saying(record: DaybookRecord): SearchNeighbour {
  const { id, time, source, actor, type } = record;
  return { id, time, source, kind: parseType(type)?.kind ?? type, ...(actor !== undefined && { actor }), text: passage(searchText(record), []) };
}
