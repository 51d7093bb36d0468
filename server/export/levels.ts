/**
 * What the levels of today leave of a record on its way out. Who lowers the level of a folder means what was recorded there before, too: the
 * lower of the level at recording and the level now counts. Of a conversation, which is content throughout, stays who spoke when, and figures.
 */

import { limited } from '../../shared/consent.ts';
import { isConsentLevel, lower, type ConsentLevel } from '../../shared/consentLevel.ts';
import type { ExportSelection } from '../../shared/protocol.ts';
import { parseType, type DaybookRecord } from '../../shared/record.ts';
import type { SessionDocument } from '../../shared/results.ts';
import type { ExportSource } from './source.ts';

/** The level of a workspace folder now; of what belongs to none when undefined. */
export type LevelNow = (workspace: string | undefined) => ConsentLevel;

export interface LeveledSource extends ExportSource {
  /** Like `records`, for what is read beside what was chosen: not counted. */
  beside(selection: ExportSelection): Iterable<DaybookRecord>;
  /** Records so far that leave with less than was recorded, or not at all. */
  withheld(): number;
}

/** The same source, as far as the levels of today go. What is `off` is not in it. */
export function withinLevels(source: ExportSource, levelNow: LevelNow): LeveledSource {
  let withheld = 0;

  function* kept(records: Iterable<DaybookRecord>, count: (withheld: number) => void): Generator<DaybookRecord> {
    for (const record of records) {
      const left = leaving(record, levelNow);
      if (left !== record) count(1);
      if (left) yield left;
    }
  }

  const counted = (count: number): void => {
    withheld += count;
  };

  function* sessions(selection: ExportSelection): Generator<SessionDocument> {
    for (const document of source.sessions(selection)) {
      let less = 0;
      const turns = document.turns.map((turn) => ({ ...turn, records: [...kept(turn.records, (count) => (less += count))] }));
      counted(less);
      const level = levelNow(document.session.workspace ?? undefined);
      if (level === 'off') continue;
      // A title is made of the words of some record, of which nobody knows afterwards which it was.
      const isWhole = less === 0 && (level === 'full' || document.session.kind === 'coding');
      yield isWhole ? document : { session: withoutContent(document.session), turns };
    }
  }

  return {
    records: (selection) => kept(source.records(selection), counted),
    beside: (selection) => kept(source.records(selection), () => undefined),
    sessions,
    outline: (selection) => source.outline(selection).filter(({ workspace }) => levelNow(workspace ?? undefined) !== 'off'),
    withheld: () => withheld,
  };
}

/** The very same record where the level of today allows all that was recorded of it; undefined where it allows nothing. */
function leaving(record: DaybookRecord, levelNow: LevelNow): DaybookRecord | undefined {
  const recorded = record.consent === undefined ? 'full' : isConsentLevel(record.consent) ? record.consent : 'off';
  const level = lower(recorded, levelNow(record.workspace));
  if (level === recorded) return record;
  if (level === 'off') return undefined;
  const of = parseType(record.type);
  if (of?.family === 'chats') return ofChat(record, of.kind, level);
  const left = limited({ ...record, ...(of ?? { family: 'events' as const, kind: '' }) }, level);
  if (!left) return undefined;
  const { family: _family, kind: _kind, ...event } = left;
  return event;
}

/** Fields of a message, and of what a session says of itself, that say nothing of what it was about. */
const plainFields: Readonly<Record<string, readonly string[]>> = {
  message: ['role', 'responseId', 'model', 'usage', 'finishReason', 'synthetic', 'copied', 'twin', 'superseded', 'outcome', 'durationMs'],
  session: ['agent', 'parent', 'relation', 'fidelity', 'format'],
};

function ofChat({ subject: _subject, data, ...record }: DaybookRecord, kind: string, consent: ConsentLevel): DaybookRecord {
  const fields = plainFields[kind] ?? [];
  const plain = Object.fromEntries(Object.entries(data ?? {}).filter(([name]) => fields.includes(name)));
  return { ...record, data: kind === 'message' ? { ...plain, parts: [] } : plain, consent };
}

function withoutContent(session: SessionDocument['session']): SessionDocument['session'] {
  const { ownTitle: _ownTitle, tags: _tags, git: _git, origin: _origin, fidelityReason: _reason, ...plain } = session;
  return { ...plain, title: 'Content withheld' };
}

/** Why nothing is left, as the end of a sentence. */
export function withheldReason(withheld: number): string {
  return `daybook.consent allows no content of the ${withheld === 1 ? '1 record' : `${withheld} records`} that would have to leave for it.`;
}
