/**
 * The page that lies beside the data: what a person reads first, and what `load_dataset` reads.
 * https://huggingface.co/docs/hub/datasets-cards, https://huggingface.co/docs/hub/datasets-manual-configuration
 */

import type { DatasetParams } from '../../../shared/protocol.ts';
import type { DatasetResult } from '../../../shared/exportResults.ts';
import { nearlySame } from './duplicates.ts';

export type CardFacts = Pick<DatasetResult, 'format' | 'splits' | 'sessions' | 'duplicates' | 'redactions' | 'withheld' | 'ruleSet'> & {
  readonly params: DatasetParams;
  readonly displayName: string;
  readonly loses: string;
  /** Names of the columns that hold objects of changing shape. */
  readonly columns: readonly string[];
};

export function datasetCard(facts: CardFacts): string {
  const { params, splits, sessions, duplicates, redactions, withheld, ruleSet } = facts;
  const total = splits.reduce((sum, { examples }) => sum + examples, 0);
  return [
    ...head(facts, total),
    '# A record of work with AI tools',
    '',
    `${total} examples in the format *${facts.displayName}*, from ${sessions.taken} sessions recorded by Daybook.`,
    '',
    '| split | examples | sessions | bytes |',
    '|---|---:|---:|---:|',
    ...splits.map(({ name, examples, sessions: from, bytes }) => `| ${name} | ${examples} | ${from} | ${bytes} |`),
    '',
    '## How it was made',
    '',
    `- **Chosen**: ${codeOf(params.selection ?? {})}; filters ${codeOf(params.filters ?? {})}. Of ${sessions.chosen} sessions that were chosen, ${sessions.filtered} `
      + `did not pass the filters, ${sessions.empty} gave no example and ${sessions.repeated} only such as were there before.`,
    `- **Splits** by ${params.split.by}, seed ${params.split.seed}, ${params.split.shares.join(' : ')}. A session and those forked from it or continuing it are in one split.`,
    `- **Duplicates removed**: ${duplicates.exact} the same word for word, ${duplicates.near} nearly the same (MinHash over runs of five words, ${nearlySame} or more).`,
    `- **Lost in this format**: ${facts.loses}`,
    '- `manifest.json` has the SHA-256 of every file. The same record, choice and seed give the same bytes.',
    '',
    '## What to know before using it',
    '',
    `- **Redaction**: secrets were redacted when this was recorded, and again on the way out with rule set \`${ruleSet}\`, which found ${redactions} more. `
      + 'No rule set finds everything: read what you give away.',
    '- **Consent**: everything here was recorded on one person\'s machine, for that person. It may hold the words, names and code of others. '
      + 'It was not reviewed for publication; whoever passes it on answers for their consent.'
      + (withheld > 0 ? ` Of ${withheld} records nothing, or no content, is here: the level of their folders allows no more.` : ''),
    `- **Licence**: ${params.licence === undefined ? 'none was given. Nothing may be inferred from its absence; code in it keeps the licence it had, and the terms of the models that wrote parts of it apply.' : `${params.licence}, as stated by whoever made this export; code in it keeps the licence it had.`}`,
    '',
  ].join('\n');
}

function head({ params, splits, columns }: CardFacts, total: number): string[] {
  return [
    '---',
    ...(params.licence === undefined ? [] : [`license: ${JSON.stringify(params.licence)}`]),
    'size_categories:',
    `- ${JSON.stringify(sizeCategory(total))}`,
    'configs:',
    '- config_name: default',
    '  default: true',
    '  data_files:',
    ...splits.flatMap(({ name, file }) => [`  - split: ${name}`, `    path: ${JSON.stringify(file)}`]),
    ...(columns.length === 0 ? [] : ['dataset_info:', '  features:', ...columns.flatMap((name) => [`  - name: ${name}`, '    list: json'])]),
    '---',
    '',
  ];
}

function codeOf(value: object): string {
  return Object.keys(value).length === 0 ? 'everything' : `\`${JSON.stringify(value).replaceAll('`', "'")}\``;
}

/** As the hub names them. */
function sizeCategory(count: number): string {
  const [below = 'n<1K'] = ([[1e3, 'n<1K'], [1e4, '1K<n<10K'], [1e5, '10K<n<100K'], [1e6, '100K<n<1M'], [Infinity, '1M<n<10M']] as const).flatMap(([limit, name]) => (count < limit ? [name] : []));
  return below;
}
