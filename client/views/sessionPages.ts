import type { SessionsParams } from '../../shared/protocol.ts';
import type { SessionList, SessionSummary } from '../../shared/results.ts';

/** Sessions from the newest down, as many as somebody wanted to see. */
export interface SessionPages {
  /** Asks again for all that is wanted. */
  load(): Promise<readonly SessionSummary[]>;
  /** Whether the last `load` left older sessions out. */
  readonly hasMore: boolean;
  /** One page more is wanted from now on. */
  more(): void;
}

const mostAtOnce = 1000;

/** @param ask rejects when the server is not there */
export function createSessionPages(ask: (params: SessionsParams) => Promise<SessionList>, pageSize: number): SessionPages {
  let wanted = pageSize;
  let hasMore = false;
  return {
    async load() {
      const sessions: SessionSummary[] = [];
      let full = true;
      while (full && sessions.length < wanted) {
        const limit = Math.min(mostAtOnce, wanted - sessions.length);
        const last = sessions.at(-1);
        const page = await ask({ limit, ...(last ? { before: { endedAt: last.endedAt, id: last.id } } : {}) });
        sessions.push(...page.sessions);
        full = page.sessions.length === limit;
      }
      hasMore = full;
      return sessions;
    },
    get hasMore() {
      return hasMore;
    },
    more() {
      wanted += pageSize;
    },
  };
}
