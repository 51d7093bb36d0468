/** What requests that change the record may ask: foreign input, looked at before it is used. */

import * as v from 'valibot';
import { exportChoices } from '../../shared/exported.ts';
import type { ForgetParams, ForgetSelection, MarkParams } from '../../shared/protocol.ts';
import type { ShortRecord } from '../../shared/record.ts';

const strings = v.optional(v.array(v.string()));
const selected = { query: v.optional(v.string()), since: v.optional(v.string()), until: v.optional(v.string()), workspaces: strings, sessions: strings, files: strings, ids: strings };

/** What is not understood is refused as a whole: a condition that is passed over would mean more, not less. */
export function forgetSelection(params: unknown): ForgetSelection {
  return JSON.parse(JSON.stringify(v.parse(v.strictObject(selected), params))) as ForgetSelection;
}

/** The same, with what becomes of exports. */
export function forgetParams(params: unknown): ForgetParams {
  return JSON.parse(JSON.stringify(v.parse(v.strictObject({ ...selected, exports: v.optional(v.picklist(exportChoices)) }), params))) as ForgetParams;
}

const markSchema = v.object({
  sessions: v.pipe(v.array(v.string()), v.maxLength(1_000)),
  pinned: v.optional(v.boolean()), hidden: v.optional(v.boolean()), title: v.optional(v.nullable(v.string())), tags: v.optional(v.array(v.string())),
});

export function markParams(params: unknown): MarkParams {
  return v.parse(markSchema, params) as MarkParams;
}

/** Each of them is looked at when it is recorded. */
export function recordList(records: unknown): ShortRecord[] {
  return v.parse(v.array(v.unknown()), records) as ShortRecord[];
}
