/** The request by which a client has the diagnostics put together. */

import * as v from 'valibot';
import { diagnosticsOf, type DiagnosticsDeps } from '../diagnostics.ts';
import type { RequestHandlers } from './queries.ts';
import type { Situation } from '../core.ts';

const params = v.object({
  client: v.optional(v.pipe(v.array(v.object({ title: v.string(), facts: v.pipe(v.array(v.strictTuple([v.string(), v.string()])), v.maxLength(200)) })), v.maxLength(10))),
});

export interface DiagnosticsRequestDeps extends Omit<DiagnosticsDeps, 'situation'> {
  readonly situation: () => Promise<Situation>;
}

export function diagnosticsRequests({ situation, ...deps }: DiagnosticsRequestDeps): Pick<RequestHandlers, 'daybook/diagnostics'> {
  return {
    'daybook/diagnostics': async (given) => ({ markdown: await diagnosticsOf({ ...deps, situation: await situation() }, v.parse(params, given).client) }),
  };
}
