/**
 * What was written between the lines before it and the lines after it, as models that fill in the middle are trained on
 * (https://arxiv.org/abs/2207.14255): the tokens around the three parts are the trainer's to set.
 */

import { wellFormedJson } from '../conversation.ts';
import { burstsOf, textOf, type Burst, type Hunk } from '../edits.ts';
import { sessionExporter } from '../exporter.ts';
import { writeLines } from '../lines.ts';

export const fillInTheMiddle = sessionExporter({
  name: 'fill-in-the-middle',
  displayName: 'Fill in the middle',
  extension: 'jsonl',
  audience: 'models',
  layouts: ['file'],
  loses: 'All but lines that were written in a burst of typing that has a diff, whole lines at a time; what was removed. The record holds three lines '
    + 'around each change, not the rest of the file: prefix and suffix are those lines, and with them what else changed nearby.',
  options: {},
  write: (sessions, sink) => writeLines(sessions, sink, 'train.jsonl', (session) => burstsOf(session).flatMap(examples)),
});

function examples({ hunks, path, language, actor, id }: Burst): string[] {
  return hunks.map((hunk) => hunk.filter(({ kind }) => kind !== 'removed')).flatMap((after) => blocks(after).map(([from, to]) => wellFormedJson({
    prefix: textOf(after.slice(0, from)), middle: textOf(after.slice(from, to)), suffix: textOf(after.slice(to)), path, language, actor, record: id,
  })));
}

/** Where lines that were added stand together, with something else around them: a file that is all new has no middle. */
function blocks(after: Hunk): (readonly [number, number])[] {
  return after.flatMap((line, from) => {
    if (line.kind !== 'added' || after[from - 1]?.kind === 'added') return [];
    const end = after.findIndex(({ kind }, at) => at > from && kind !== 'added');
    const to = end === -1 ? after.length : end;
    const isBlank = after.slice(from, to).every(({ text }) => text.trim() === '');
    return isBlank || to - from === after.length ? [] : [[from, to] as const];
  });
}
