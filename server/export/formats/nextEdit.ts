/**
 * What was edited next: the edits before, the lines before and the lines after, in the columns of open datasets for edit prediction
 * (https://huggingface.co/datasets/zed-industries/zeta), with where each comes from.
 */

import * as v from 'valibot';
import { wellFormedJson } from '../conversation.ts';
import { burstsOf, textOf, type Burst } from '../edits.ts';
import { sessionExporter } from '../exporter.ts';
import { writeLines } from '../lines.ts';

export const nextEdit = sessionExporter({
  name: 'next-edit',
  displayName: 'Next edits',
  extension: 'jsonl',
  audience: 'models',
  layouts: ['file'],
  loses: 'All but bursts of typing that have a diff. The record holds the changed lines and three around them, not the rest of the file and not the '
    + 'cursor: input and output are that part and no more. Where one burst changed several parts of a file, when each was typed is not known, and none is '
    + 'among the events of another. The column missing counts earlier edits without a diff, such as very large ones.',
  options: {
    history: v.pipe(
      v.optional(v.pipe(v.string(), v.regex(/^\d{1,3}$/), v.transform(Number)), '5'),
      v.description('how many earlier edits of the session stand in events; 5 unless told'),
    ),
  },
  write: (sessions, sink, { history }) => writeLines(sessions, sink, 'train.jsonl', (session) => {
    const bursts = burstsOf(session);
    return bursts.flatMap((burst, at) => examples(burst, bursts.slice(Math.max(0, at - history), at)));
  }),
});

/** One for each part of the file that changed. */
function examples({ hunks, path, language, actor, id }: Burst, earlier: readonly Burst[]): string[] {
  const events = earlier.filter(({ diff }) => diff !== '').map(({ diff }) => diff.trimEnd()).join('\n\n');
  const missing = earlier.filter(({ diff }) => diff === '').length;
  return hunks.map((hunk) => wellFormedJson({
    events, input: textOf(hunk.filter(({ kind }) => kind !== 'added')), output: textOf(hunk.filter(({ kind }) => kind !== 'removed')), path, language, actor, missing, record: id,
  }));
}
