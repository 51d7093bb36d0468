/** A folder of examples as those who train models expect it: a file for each split, a card, and a manifest with the hash of each file. */

import { noneAttached } from '../attached.ts';
import { ProblemError } from '../../../shared/problem.ts';
import type { DatasetParams } from '../../../shared/protocol.ts';
import type { DatasetResult } from '../../../shared/exportResults.ts';
import type { SessionDocument } from '../../../shared/results.ts';
import type { Exporter, Sink } from '../exporter.ts';
import type { Gate } from '../gate.ts';
import { recordedBetween } from '../labels/aftermath.ts';
import { withheldReason, type LeveledSource } from '../levels.ts';
import { datasetCard } from './card.ts';
import { sessionFilter } from './filters.ts';
import { openSplits, writeHashed } from './splitFiles.ts';
import { assignSplits } from './splits.ts';

export interface DatasetMaking {
  readonly exporter: Exporter;
  readonly source: LeveledSource;
  readonly gate: Gate;
  readonly sink: Sink;
  readonly ruleSet: string;
}

/** @throws ProblemError when the format has no examples by lines, or nothing is left to write */
export async function writeDataset({ exporter, source, gate, sink, ruleSet }: DatasetMaking, params: DatasetParams): Promise<Omit<DatasetResult, 'files'>> {
  if (exporter.unit !== 'session' || exporter.audience !== 'models' || exporter.extension !== 'jsonl') {
    throw new ProblemError({ code: 'no-examples', message: `A dataset needs a format of examples, one a line, such as huggingface, openai, sharegpt or alpaca; ${exporter.name} is none.` });
  }
  const selection = params.selection ?? {};
  const isWanted = sessionFilter(params.filters ?? {});
  const splitOf = assignSplits(source.outline(selection), params.split);
  const splits = openSplits(sink);
  let chosen = 0;

  /** A format of lines has written all of a session when it asks for the next. */
  function* wanted(): Generator<SessionDocument> {
    for (const document of source.sessions(selection)) {
      chosen++;
      if (!isWanted(document)) continue;
      splits.begin(splitOf.get(document.session.id) ?? 'train');
      yield document;
    }
  }

  const { leftOut } = await exporter.write(gate.sessions(wanted(), (span) => recordedBetween({ records: source.beside }, span)), splits.sink, params.options ?? {}, noneAttached);
  const files = await splits.close();
  const { chosen: passed, redactions, redacted } = gate.counts();
  const withheld = source.withheld();
  if (files.length === 0) {
    const reason = withheld > 0 ? withheldReason(withheld) : `none of ${chosen} sessions that were chosen gave an example.`;
    throw new ProblemError({ code: 'nothing', message: `There is nothing to export: ${reason}` });
  }
  const taken = files.reduce((sum, { sessions }) => sum + sessions, 0);
  const made = {
    format: exporter.name, output: params.output, splits: files.map(({ sha256, ...split }) => split),
    sessions: { chosen, filtered: chosen - passed, empty: leftOut, repeated: passed - leftOut - taken, taken }, duplicates: splits.duplicates(), redactions, redacted, withheld, ruleSet,
  };
  const card = datasetCard({ ...made, params, displayName: exporter.displayName, loses: exporter.loses, columns: splits.columns() });
  await writeManifest(sink, made, params, [...files.map(({ file: name, bytes, sha256 }) => ({ name, bytes, sha256 })), await writeHashed(sink, 'README.md', card)]);
  return made;
}

/** What was chosen and how, without where it was put and which records still hold a secret: the same bytes on another disk. */
async function writeManifest(
  sink: Sink, { output, redacted, ...made }: Omit<DatasetResult, 'files'>, { selection = {}, filters = {}, options = {}, split, licence }: DatasetParams, files: DatasetResult['files'],
): Promise<void> {
  const manifest = { daybook: 1, ...made, selection, filters, options, split, licence: licence ?? null, files };
  await writeHashed(sink, 'manifest.json', `${JSON.stringify(manifest, null, 2)}\n`);
}

