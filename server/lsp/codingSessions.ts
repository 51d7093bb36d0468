/** Coding sessions: activity in one workspace without a pause longer than the idle setting. */

import { uuidv7 } from 'uuidv7';
import type { ShortRecord } from '../../shared/record.ts';

export interface CodingSessions {
  /** The session that something done now in this workspace belongs to; begins one where there is none. */
  at(workspace: string | undefined, now?: number): string;
  /** The session that is going on; undefined where there is none. It goes on no longer for being asked. */
  during(workspace: string | undefined, now?: number): string | undefined;
}

export interface CodingSessionDeps {
  readonly idleMs: () => number;
  /** The newest session of a workspace that is on record, so that a reload of the window does not begin a new one. */
  readonly last: (workspace: string) => { readonly id: string; readonly ended: number } | undefined;
}

export function createCodingSessions({ idleMs, last }: CodingSessionDeps): CodingSessions {
  const open = new Map<string, { id: string; active: number }>();

  function during(workspace = '', now = Date.now()): string | undefined {
    const known = open.get(workspace) ?? recorded(workspace);
    // What is on record is asked for once, and not again because something else was recorded meanwhile.
    if (known) open.set(workspace, known);
    return known && now - known.active <= idleMs() ? known.id : undefined;
  }

  return {
    during,
    at(workspace = '', now = Date.now()) {
      const id = during(workspace, now) ?? `coding:${uuidv7()}`;
      open.set(workspace, { id, active: now });
      return id;
    },
  };

  function recorded(workspace: string): { id: string; active: number } | undefined {
    const found = workspace === '' ? undefined : last(workspace);
    return found && { id: found.id, active: found.ended };
  }
}

/** What happens without anybody at work: a build that writes files all night is no session. */
const byItself = /^(window\.idle$|files\.changed$|extension\.|source\.)/;

/** Whether a record is a sign of somebody at work, so that a coding session begins or goes on. */
export function isActivity({ family, kind, actor }: Pick<ShortRecord, 'family' | 'kind' | 'actor'>): boolean {
  return !(family === 'events' && (byItself.test(kind) || (/^file\./.test(kind) && actor === 'external')));
}
