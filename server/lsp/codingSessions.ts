/** Coding sessions: activity in one workspace without a pause longer than the idle setting. */

import { uuidv7 } from 'uuidv7';

export interface CodingSessions {
  /** The session that something happening now in this workspace belongs to. */
  at(workspace: string | undefined, now?: number): string;
}

export interface CodingSessionDeps {
  readonly idleMs: () => number;
  /** The newest session of a workspace that is on record, so that a reload of the window does not begin a new one. */
  readonly last: (workspace: string) => { readonly id: string; readonly ended: number } | undefined;
}

export function createCodingSessions({ idleMs, last }: CodingSessionDeps): CodingSessions {
  const open = new Map<string, { id: string; active: number }>();
  return {
    at(workspace = '', now = Date.now()) {
      const known = open.get(workspace) ?? recorded(workspace);
      const isOver = !known || now - known.active > idleMs();
      const session = { id: isOver ? `coding:${uuidv7()}` : known.id, active: now };
      open.set(workspace, session);
      return session.id;
    },
  };

  function recorded(workspace: string): { id: string; active: number } | undefined {
    const found = workspace === '' ? undefined : last(workspace);
    return found && { id: found.id, active: found.ended };
  }
}
