/** The requests by which a client redacts the past. */

import type { CancellationToken } from 'vscode-languageserver';
import * as v from 'valibot';
import type { RedactSelection } from '../../shared/redaction.ts';
import type { Core } from '../core.ts';
import type { LongWork, Watch } from './longWork.ts';
import type { RequestHandlers } from './queries.ts';

export interface RedactingDeps {
  readonly core: Core;
  readonly long: LongWork;
  /** Resolves when what happened until now is recorded. */
  readonly flush: () => Promise<void>;
  readonly onRedacted: () => void;
}

/** Strict: a choice that is not understood as a whole would mean more. */
const params = v.strictObject({ query: v.optional(v.string()) });
const words = { looking: 'journal files looked through', checking: 'files searched for what was found' } as const;

export function redactingRequests({ core, long, flush, onRedacted }: RedactingDeps): Pick<RequestHandlers, 'daybook/redactPreview' | 'daybook/redact'> {
  const selection = (given: unknown): RedactSelection => JSON.parse(JSON.stringify(v.parse(params, given))) as RedactSelection;
  const watch = ({ signal, say }: Watch): Parameters<Core['redact']>[1] =>
    ({ signal, onProgress: (phase, done, total) => say(`${done.toLocaleString('en')} of ${total.toLocaleString('en')} ${words[phase]}`) });
  return {
    'daybook/redactPreview': (given, token?: CancellationToken) => {
      const chosen = selection(given);
      return long.run(token, 'Daybook looks at what is recorded with the rules of today', (each) => core.redactPreview(chosen, watch(each)));
    },
    async 'daybook/redact'(given, token?: CancellationToken) {
      const chosen = selection(given);
      await flush();
      const receipt = await long.run(token, 'Daybook redacts the past', (each) => core.redact(chosen, watch(each)));
      onRedacted();
      return receipt;
    },
  };
}
