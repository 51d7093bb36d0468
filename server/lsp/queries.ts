/** The requests that only read: parameters checked, the core asked. */

import * as v from 'valibot';
import type { CancellationToken } from 'vscode-languageserver';
import type { RequestMethod, Requests } from '../../shared/protocol.ts';
import type { Core, Situation } from '../core.ts';

export type RequestHandlers = {
  readonly [Method in RequestMethod]: (
    params: Requests[Method]['params'], token?: CancellationToken,
  ) => Promise<Requests[Method]['result']> | Requests[Method]['result'];
};

type Reading = 'sessions' | 'touching' | 'session' | 'sessionMarkdown' | SessionPages | 'attachment' | 'search' | 'searchComplete' | 'firstSearch'
  | 'show' | 'workflow' | 'today' | 'stats' | 'statistics' | 'rates' | 'timeline' | 'health' | 'healthReport';

type SessionPages = 'sessionOutline' | 'sessionItems' | 'sessionBlock' | 'sessionFind' | 'turnMarkdown';

const id = v.string();
const place = v.pipe(v.number(), v.integer(), v.minValue(0));
const workflow = v.union([v.object({ run: id }), v.object({ name: id })]);
const statistics = v.object({ days: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100_000))), workspace: v.optional(id) });
const timeline = v.object({ day: id, workspace: v.optional(id) });
const limit = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000));

/** @param situation what *Health* has to know of how things are */
export function readingRequests(core: Core, situation: () => Promise<Situation>): Pick<RequestHandlers, `daybook/${Reading}`> {
  return {
    'daybook/sessions': (params) => core.sessions({
      limit: v.parse(limit, params.limit),
      ...(params.before && { before: params.before }),
      ...(params.only !== undefined && { only: v.parse(v.picklist(['pinned', 'hidden']), params.only) }),
      ...(params.filter !== undefined && { filter: v.parse(v.string(), params.filter) }),
    }),
    'daybook/touching': (params) => core.touching({ file: v.parse(v.string(), params.file), limit: v.parse(limit, params.limit) }),
    'daybook/session': (params) => core.session(v.parse(id, params.id)),
    'daybook/sessionMarkdown': (params) => core.sessionMarkdown(v.parse(id, params.id)),
    'daybook/attachment': (params) => core.attachment(v.parse(id, params.name), params.content === true),
    'daybook/sessionOutline': (params) => core.pages.outline(v.parse(id, params.id)),
    'daybook/sessionItems': (params) => core.pages.items(v.parse(id, params.id), v.parse(place, params.from), v.parse(limit, params.limit)),
    'daybook/sessionBlock': (params) => core.pages.block({ id: v.parse(id, params.id), record: v.parse(id, params.record), block: v.parse(place, params.block) }),
    'daybook/sessionFind': (params) => core.pages.find(v.parse(id, params.id), {
      text: v.parse(v.string(), params.text), ...(params.record !== undefined && { record: v.parse(id, params.record) }),
    }),
    'daybook/turnMarkdown': (params) => core.pages.turnMarkdown(v.parse(id, params.id), v.parse(place, params.turn)),
    'daybook/search': (params) => core.search({
      query: v.parse(v.string(), params.query),
      ...(params.limit !== undefined && { limit: v.parse(limit, params.limit) }),
      typing: params.typing === true,
      grouped: params.grouped === true,
    }),
    'daybook/searchComplete': (params) => core.searchComplete({
      query: v.parse(v.string(), params.query), ...(params.limit !== undefined && { limit: v.parse(limit, params.limit) }),
    }),
    'daybook/firstSearch': () => core.firstSearch(),
    'daybook/show': (params) => core.show(v.parse(id, params.id)),
    'daybook/workflow': (params) => core.workflow(v.parse(workflow, params)),
    'daybook/today': (params) => core.latest(startOfDay(), v.parse(limit, params.limit)),
    'daybook/stats': () => core.stats(),
    'daybook/statistics': (params) => core.statistics(v.parse(statistics, params)),
    'daybook/rates': () => core.rates(),
    'daybook/timeline': (params) => core.timeline(v.parse(timeline, params)),
    'daybook/health': async () => core.health(await situation()),
    async 'daybook/healthReport'(params) {
      const markdown = await core.healthReport(v.parse(v.string(), params.source));
      return markdown === undefined ? null : { markdown };
    },
  };
}

/** Local midnight, milliseconds since 1970. */
export function startOfDay(): number {
  return new Date().setHours(0, 0, 0, 0);
}
