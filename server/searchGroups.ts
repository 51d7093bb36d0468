/** Results of a search by session: the best of each, with what came before and after it. */

import type { SearchGroup, SearchHit, SearchNeighbour, SessionSummary } from '../shared/results.ts';

export interface Surroundings {
  readonly session: (id: string) => SessionSummary | undefined;
  readonly neighbours: (hit: SearchHit) => { readonly before?: SearchNeighbour; readonly after?: SearchNeighbour };
}

/** Groups whose surroundings are read: nobody sees more at once. */
const mostSurrounded = 12;

/** In the order of their best hits. Records of no session stand alone. */
export function groupHits(hits: readonly SearchHit[], { session, neighbours }: Surroundings): SearchGroup[] {
  const groups = Map.groupBy(hits, ({ id, sessionId }) => sessionId ?? `record ${id}`);
  return [...groups.values()].map((those, place): SearchGroup => {
    const [best] = those;
    const summary = best?.sessionId === null || !best ? undefined : session(best.sessionId);
    return {
      session: summary ? { id: summary.id, kind: summary.kind, source: summary.source, title: summary.title, workspace: summary.workspace, endedAt: summary.endedAt } : null,
      hits: those.map(({ id }) => id),
      ...(best && place < mostSurrounded && neighbours(best)),
    };
  });
}
