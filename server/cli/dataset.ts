/** What `daybook export --dataset` takes beyond the other exports, and what it says. */

import { InvalidArgumentError, Option, type Command } from 'commander';
import { consentLevels, type ConsentLevel } from '../../shared/consentLevel.ts';
import type { DatasetFilters, DatasetParams, SplitPlan } from '../../shared/protocol.ts';
import type { DatasetPreview, DatasetResult } from '../../shared/exportResults.ts';
import { redactionText } from './redactionText.ts';
import { visible } from './visible.ts';

export interface DatasetOptions {
  readonly dataset?: string;
  readonly splitBy: SplitPlan['by'];
  readonly shares: SplitPlan['shares'];
  readonly seed: number;
  readonly model?: string[];
  readonly tool?: string[];
  readonly outcome?: string[];
  readonly minTurns?: number;
  readonly maxTurns?: number;
  readonly consent?: ConsentLevel;
  readonly licence?: string;
}

export function datasetOptions(command: Command): void {
  command
    .option('--dataset <folder>', 'write a dataset there: splits, a card, a manifest; --format is huggingface unless told')
    .addOption(new Option('--split-by <what>', 'what decides the split of a session').choices(['session', 'time', 'workspace']).default('session'))
    .option('--shares <train,validation,test>', 'how large the splits are', shares, [90, 5, 5])
    .option('--seed <number>', 'the same seed gives the same splits', whole, 0)
    .option('--model <name...>', 'only sessions in which one of these models answered')
    .option('--tool <name...>', 'only sessions in which one of these tools was called')
    .option('--outcome <name...>', 'only sessions that ended so: completed, cancelled, failed, pending')
    .option('--min-turns <number>', 'only sessions of at least so many turns', whole)
    .option('--max-turns <number>', 'only sessions of at most so many turns', whole)
    .addOption(new Option('--consent <level>', 'only sessions of which everything was recorded at this level or above').choices(consentLevels.slice(1)))
    .option('--licence <identifier>', 'the licence that the card states, such as mit');
}

/** @param output absolute path of the folder */
export function datasetParams(output: string, options: DatasetOptions): Pick<DatasetParams, 'output' | 'split' | 'filters' | 'licence'> {
  const { splitBy, seed, model, tool, outcome, minTurns, maxTurns, consent, licence } = options;
  const filters: DatasetFilters = {
    ...(model && { models: model }), ...(tool && { tools: tool }), ...(outcome && { outcomes: outcome }),
    ...(minTurns !== undefined && { minTurns }), ...(maxTurns !== undefined && { maxTurns }), ...(consent && { consent }),
  };
  return { output, split: { by: splitBy, seed, shares: options.shares }, filters, ...(licence !== undefined && { licence }) };
}

export function datasetText(result: DatasetResult): string {
  const { notNoted } = result;
  return [`${result.output}: ${madeText(result)}`, 'README.md says what is in it; manifest.json has the hash of every file.', ...(notNoted === undefined ? [] : [visible(notNoted)])].join('\n');
}

export function datasetPreviewText(preview: DatasetPreview): string {
  return `Would write to ${preview.output}, in ${preview.files} files: ${madeText(preview)}\n\n${visible(preview.sample.trimEnd())}`;
}

function madeText({ splits, sessions, duplicates, ...gate }: Omit<DatasetResult, 'files'>): string {
  return [
    `${splits.map(({ name, examples }) => `${name} ${examples}`).join(', ')} examples of ${sessions.taken} sessions`,
    `${sessions.chosen} sessions were chosen, ${sessions.filtered} filtered out, ${sessions.empty} without an example, ${sessions.repeated} with none that was new.`,
    `${duplicates.exact} examples were left out as the same, ${duplicates.near} as nearly the same.`,
    ...redactionText(gate),
  ].join('\n');
}

function whole(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}

function shares(text: string): SplitPlan['shares'] {
  const [train = 0, validation = 0, test = 0, ...more] = text.split(',').map((part) => (/^\d{1,4}$/.test(part) ? Number(part) : NaN));
  if (!(train > 0) || Number.isNaN(validation + test) || more.length > 0) {
    throw new InvalidArgumentError('It must be whole numbers for training, validation and test, such as 90,5,5; training cannot be 0.');
  }
  return [train, validation, test];
}
