/** Exports in parts: each from where the last one ended, up to now. */

import { ProblemError } from '../../shared/problem.ts';
import type { ExportParams } from '../../shared/protocol.ts';
import type { ExportFormats, ExportPreview, ExportResult } from '../../shared/exportResults.ts';
import { lastEnd, partOutput, rememberEnd, type Continued } from './continuing.ts';

/** One part at a time; `since` of the selection has no meaning. */
export interface ExportParts<Watch> {
  /** Notes where the part ends once it is whole. That nothing is new is no failure: then it has no files. */
  run(params: ExportParams, watch?: Watch): Promise<ExportResult>;
  preview(params: ExportParams, watch?: Watch): Promise<ExportPreview>;
}

/** The same for a choice with its times. */
interface Whole<Watch> extends ExportParts<Watch> {
  formats(): ExportFormats;
}

/** @param dataDirectory absolute path; holds the ends */
export function createParts<Watch>(exports: Whole<Watch>, dataDirectory: string): ExportParts<Watch> {
  /** What happens from now on belongs to the next part. */
  async function next(params: ExportParams): Promise<{ readonly part: ExportParams; readonly since: string | undefined; readonly until: string }> {
    const now = new Date().toISOString();
    const asked = params.selection?.until ?? now;
    const until = asked < now ? asked : now;
    const { selection, ...what } = whatOf(params);
    const since = await lastEnd(dataDirectory, { ...what, selection });
    const format = exports.formats().formats.find(({ name }) => name === params.format);
    const output = format ? partOutput(params.output, until, format) : params.output;
    return { part: { ...params, output, selection: { ...selection, ...(since !== undefined && { since }), until } }, since, until };
  }

  return {
    async run(params, watch) {
      const { part, since, until } = await next(params);
      try {
        const result = await exports.run(part, watch);
        await rememberEnd(dataDirectory, whatOf(params), until);
        return result;
      } catch (error) {
        if (!(error instanceof ProblemError) || error.problem.code !== 'nothing' || since === undefined) throw error;
        return { format: part.format, output: part.output, files: [], chosen: 0, items: 0, leftOut: 0, bytes: 0, redactions: 0, redacted: [], withheld: 0 };
      }
    },
    preview: async (params, watch) => exports.preview((await next(params)).part, watch),
  };
}

function whatOf({ format, output, options = {}, selection = {} }: ExportParams): Continued {
  const { since: _since, until: _until, ...kept } = selection;
  return { format, output, options, selection: kept };
}
