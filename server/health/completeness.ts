/** Says of sessions how complete they are: what the importer says of the tool's own record, and whether the source is still there. */

import { lstatSync } from 'node:fs';
import type { SessionSummary } from '../../shared/results.ts';
import type { Ledger } from '../store/ledger.ts';

type Fidelity = Pick<SessionSummary, 'fidelity' | 'fidelityReason'>;

export interface Completeness {
  /** The same sessions, each with what is not whole about it. */
  of<Session extends SessionSummary>(sessions: readonly Session[]): Session[];
}

/** What a session's header says that matters here. */
interface Said {
  readonly fidelity: Fidelity;
  /** A file the session was read from, absolute path. */
  readonly origin?: string;
}

export function createCompleteness(ledger: () => Ledger): Completeness {
  function saidOf(session: string): Said {
    const { fidelity, fidelityReason, origin } = ledger().account(session) ?? {};
    const isWhole = fidelity !== 'partial' && fidelity !== 'summary';
    const reason = fidelityReason === undefined ? {} : { fidelityReason };
    return { fidelity: isWhole ? {} : { fidelity, ...reason }, ...(origin === undefined ? {} : { origin }) };
  }

  return {
    of(sessions) {
      const said = sessions.map(({ id, kind }) => (kind === 'chat' ? saidOf(id) : { fidelity: {} }));
      // Where the file that the header names is there, nothing is gone; only for the others it takes a search for further files.
      const doubtful = sessions.filter(({ kind }, at) => kind === 'chat' && isGone(said[at]?.origin));
      const files = doubtful.length > 0 ? ledger().filesOf(doubtful.map(({ id }) => id)) : new Map<string, readonly string[]>();
      return sessions.map((session, at) => {
        const paths = files.get(session.id);
        return { ...session, ...said[at]?.fidelity, ...(paths?.every(isGone) ? { sourceGone: true as const } : {}) };
      });
    },
  };
}

/** Whether nothing is there; also where no file is named. A file that may not be looked at is not gone. */
function isGone(path: string | undefined): boolean {
  if (path === undefined) return true;
  try {
    return lstatSync(path, { throwIfNoEntry: false }) === undefined;
  } catch {
    return false; // no permission, or a folder that became a file: nobody knows
  }
}
