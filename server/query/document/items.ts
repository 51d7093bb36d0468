/** The items of a session: records of which something is shown, with the place of each turn among them. */

import type { DaybookRecord } from '../../../shared/record.ts';
import type { SessionDocument, Turn } from '../../../shared/results.ts';
import type { ChatMessage, ToolCallResponsePart } from '../../../shared/session.ts';
import type { SessionItem } from '../../../shared/sessionView.ts';
import { shownOf, type Shown } from './blocks.ts';

/** One item; its blocks are made when they are asked for. */
export interface Item {
  readonly record: DaybookRecord;
  readonly shown: readonly Shown[];
}

export interface TurnItems {
  readonly turn: Turn;
  /** Number of the first item of the turn in the session, from 0. */
  readonly first: number;
  readonly items: readonly Item[];
}

export function itemsOf({ turns }: SessionDocument): TurnItems[] {
  const { answers, called } = callsOf(turns);
  let first = 0;
  return turns.map((turn) => {
    const items = turn.records.flatMap((record) => {
      const shown = shownOf(record, answers, called);
      return shown.length === 0 ? [] : [{ record, shown }];
    });
    first += items.length;
    return { turn, first: first - items.length, items };
  });
}

export function sessionItem({ record, shown }: Item): SessionItem {
  const message = messageOf(record);
  return {
    id: record.id, time: record.time, role: message?.role ?? 'event',
    ...(message?.synthetic && { synthetic: true as const }),
    ...(message?.superseded && { superseded: true as const }),
    ...(message?.copied && { copied: true as const }),
    blocks: shown.map(({ block }) => block()),
  };
}

/** The message of a record of a chat; undefined of any other. */
export function messageOf(record: DaybookRecord): ChatMessage | undefined {
  return record.type === 'dev.daybook.chat.message' ? (record.data as ChatMessage) : undefined;
}

/** Answers often come much later than their calls: those of the whole session are known beforehand. */
function callsOf(turns: readonly Turn[]): { readonly answers: ReadonlyMap<string, ToolCallResponsePart>; readonly called: ReadonlySet<string> } {
  const answers = new Map<string, ToolCallResponsePart>();
  const called = new Set<string>();
  for (const { records } of turns) {
    for (const record of records) {
      for (const part of messageOf(record)?.parts ?? []) {
        if (part.type === 'tool_call_response') answers.set(part.id, part);
        else if (part.type === 'tool_call') called.add(part.id);
      }
    }
  }
  return { answers, called };
}
