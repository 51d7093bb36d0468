/** What a dataset says to people, and what they say of it. No VS Code here. */

import type { SplitPlan } from '../../shared/protocol.ts';
import type { DatasetPreview, DatasetResult, ExportFormat } from '../../shared/exportResults.ts';
import { size } from '../../shared/size.ts';
import type { Translate } from '../text/translate.ts';
import { counted } from '../text/translate.ts';

/** Formats of examples, one a line. */
export function isOfExamples({ unit, audience, extension }: ExportFormat): boolean {
  return unit === 'session' && audience === 'models' && extension === 'jsonl';
}

/** `90, 5, 5` as shares of training, validation and test; undefined for anything else. */
export function readShares(text: string): SplitPlan['shares'] | undefined {
  const [train, validation, test, ...more] = text.split(/[,:]/).map((part) => (/^\s*\d{1,4}\s*$/.test(part) ? Number(part) : NaN));
  if (train === undefined || validation === undefined || test === undefined || more.length > 0 || Number.isNaN(train + validation + test) || train === 0) return undefined;
  return [train, validation, test];
}

/** `train 40, validation 3, test 2` */
export function splitsText({ splits }: Pick<DatasetResult, 'splits'>): string {
  return splits.map(({ name, examples }) => `${name} ${examples.toLocaleString()}`).join(', ');
}

/** What a person should know before a dataset is written, a sentence each. */
export function datasetRemarks(t: Translate, { splits, sessions, duplicates, redactions, withheld, bytes }: DatasetPreview, format: ExportFormat): string[] {
  const left = sessions.filtered + sessions.empty + sessions.repeated;
  return [
    t('Examples: {0}; {1} in all.', splitsText({ splits }), size(bytes)),
    counted(t, sessions.taken, 'They are of 1 session.', 'They are of {0} sessions.')
      + (left > 0 ? ` ${counted(t, left, '1 more gives no example that is new.', '{0} more give no example that is new.')}` : ''),
    ...(duplicates.exact + duplicates.near > 0 ? [t('Left out because they were there before: {0} the same, {1} nearly the same.', duplicates.exact, duplicates.near)] : []),
    ...(withheld > 0 ? [counted(t, withheld, '1 record leaves without content, or not at all: its folder allows no more now.', '{0} records leave without content, or not at all: their folders allow no more now.')] : []),
    ...(redactions > 0 ? [counted(t, redactions, '1 secret that only the rules of today know is redacted in the export.', '{0} secrets that only the rules of today know are redacted in the export.')] : []),
    t('This format loses: {0}', format.loses),
    t('It was recorded for you alone, and may hold words and code of others. Read it before you give it away.'),
  ];
}
