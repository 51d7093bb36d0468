import type { SessionSummary } from '../../shared/results.ts';
import { sessionLook } from '../sources.ts';
import { plainLabel } from '../text/label.ts';
import { dateOf, dayName } from '../text/time.ts';
import { counted } from '../text/translate.ts';
import { lastSegment } from '../../shared/uri.ts';
import type { Translate } from '../text/translate.ts';

/** How sessions are put together in the tree. */
export const groupings = ['day', 'workspace', 'tool', 'tag'] as const;
export type Grouping = (typeof groupings)[number];

/** Sessions that stand together, in the order they came in. */
export interface SessionGroup {
  /** The same for the same group, whatever is in it. */
  readonly id: string;
  readonly name: string;
  readonly tooltip: string;
  readonly sessions: readonly SessionSummary[];
}

export interface Looking {
  readonly t: Translate;
  readonly now: Date;
  readonly locale?: string;
}

/** Groups in the order of their latest session; what is pinned stands above them, once. */
export function groupSessions(sessions: readonly SessionSummary[], pinned: readonly SessionSummary[], grouping: Grouping, looking: Looking): readonly SessionGroup[] {
  const { t } = looking;
  const isPinned = new Set(pinned.map(({ id }) => id));
  const groups = new Map<string, { name: string; sessions: SessionSummary[] }>();
  for (const session of sessions.filter(({ id }) => !isPinned.has(id))) {
    for (const { id, name } of placesOf(session, grouping, looking)) {
      const group = groups.get(id) ?? { name, sessions: [] };
      group.sessions.push(session);
      groups.set(id, group);
    }
  }
  const made = [...groups].map(([id, { name, sessions: those }]) => ({ id, name, tooltip: `${name}: ${counted(t, those.length, '1 session', '{0} sessions')}`, sessions: those }));
  return pinned.length === 0 ? made : [{ id: 'pinned', name: t('Pinned'), tooltip: counted(t, pinned.length, '1 session', '{0} sessions'), sessions: pinned }, ...made];
}

interface Place {
  readonly id: string;
  readonly name: string;
}

/** A session with several tags stands under each of them. */
function placesOf(session: SessionSummary, grouping: Grouping, { t, now, locale }: Looking): Place[] {
  switch (grouping) {
    case 'day': return [{ id: `day:${dateOf(session.endedAt)}`, name: dayName(t, session.endedAt, now, locale) }];
    case 'workspace': return [{ id: `workspace:${session.workspace ?? ''}`, name: folderName(session.workspace) ?? t('No folder') }];
    case 'tool': return [{ id: `tool:${session.source}`, name: sessionLook(session).displayName }];
    case 'tag': return session.tags ? session.tags.map((tag) => ({ id: `tag:${tag}`, name: plainLabel(tag, 60) })) : [{ id: 'tag:', name: t('No tag') }];
  }
}

function folderName(uri: string | null): string | undefined {
  const last = uri === null ? undefined : lastSegment(uri);
  return last === undefined ? undefined : plainLabel(last, 60);
}
