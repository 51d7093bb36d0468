/** What the record proves about the actions in it: a label a line, with the ids of the records that prove it, so that they can be joined. */

import { wellFormedJson } from '../conversation.ts';
import { sessionExporter } from '../exporter.ts';
import { afterOf, minutesOption } from '../labels/after.ts';
import { rewards } from '../labels/label.ts';
import { labelsOf } from '../labels/labels.ts';
import { writeLines } from '../lines.ts';

export const labels = sessionExporter({
  name: 'labels',
  displayName: 'Labels',
  extension: 'jsonl',
  audience: 'programs',
  layouts: ['file'],
  loses: 'All but the labels, a reward of 1, 0 or -1, and the ids of the records that prove them: call-replaced, call-accepted, call-rejected, '
    + `answer-taken-back, command-fixed, command-fixed-by-command, edit-kept, edit-changed, edit-reverted, tests-passed and tests-failed. Nothing is guessed, `
    + 'so that what has no label may still have failed or succeeded. An edit counts as kept when it was committed, or when nobody was seen to touch its '
    + 'file for the minutes that count while recording went on in its folder.',
  options: { minutes: minutesOption },
  write: (sessions, sink, { minutes }) => writeLines(sessions, sink, 'labels.jsonl', async (document) =>
    labelsOf(document, await afterOf(document, minutes)).map(({ kind, records }) => wellFormedJson({ session: document.session.id, label: kind, reward: rewards[kind], records }))),
});
