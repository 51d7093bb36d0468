/** A session as it is read: its records, turn by turn. */

import type { DaybookRecord } from '../../shared/record.ts';
import type { SessionDocument, SessionSummary, Turn } from '../../shared/results.ts';
import { isPrompt, type ChatMessage, type ChatSessionHeader, type Usage } from '../../shared/session.ts';

export function sessionDocument(summary: SessionSummary & { readonly usage: Usage }, records: readonly DaybookRecord[]): SessionDocument {
  const header = records.findLast((record) => record.type === 'dev.daybook.chat.session')?.data as ChatSessionHeader | undefined;
  const session = {
    ...summary,
    ...(header?.origin === undefined ? {} : { origin: header.origin }),
    ...(header?.agent === undefined ? {} : { agent: header.agent }),
    ...(header?.git === undefined ? {} : { git: header.git }),
  };
  return { session, turns: turnsOf(records.filter((record) => record.type !== 'dev.daybook.chat.session' && !isTwin(record))) };
}

/** A turn begins with each prompt; what comes before the first one is a turn without a prompt. */
function turnsOf(records: readonly DaybookRecord[]): Turn[] {
  const groups: DaybookRecord[][] = [];
  for (const record of records) {
    const group = groups.at(-1);
    if (!group || beginsTurn(record)) groups.push([record]);
    else group.push(record);
  }
  return groups.map((group, index) => ({
    index: index + 1,
    startedAt: group[0]?.time ?? '',
    endedAt: group.at(-1)?.time ?? '',
    records: group,
  }));
}

/** Whether a fuller source of the session says the same. */
function isTwin(record: DaybookRecord): boolean {
  return record.type === 'dev.daybook.chat.message' && (record.data as ChatMessage).twin === true;
}

function beginsTurn(record: DaybookRecord): boolean {
  return record.type === 'dev.daybook.chat.message' && isPrompt(record.data as ChatMessage);
}
