/** The one way out, for every host: choose, redact, write as a format, put in place. */

import { ProblemError, sentence } from '../../shared/problem.ts';
import type { DatasetParams, ExportParams, ExportPreviewParams } from '../../shared/protocol.ts';
import type { DatasetPreview, DatasetResult, ExportCounts, ExportFormats, ExportPreview, ExportResult } from '../../shared/exportResults.ts';
import { createAttached } from './attached.ts';
import { countingSink } from './countingSink.ts';
import type { Exporter, Outcome, Sink } from './exporter.ts';
import { writeDataset } from './dataset/dataset.ts';
import { stopped } from './failure.ts';
import { createGate, type Gate, type GateCounts, type Redaction } from './gate.ts';
import { recordedBetween } from './labels/aftermath.ts';
import { withheldReason, withinLevels, type LeveledSource, type LevelNow } from './levels.ts';
import type { ToNote } from './ledger.ts';
import { createParts, type ExportParts } from './parts.ts';
import { exporters } from './registry.ts';
import type { ExportSource } from './source.ts';
import { layoutOf, openTarget } from './target.ts';

export interface ExportWatch {
  /** Called every few hundred records, with what went through so far. */
  readonly onProgress?: (done: { readonly chosen: number; readonly bytes: number }) => void;
  readonly signal?: AbortSignal;
}

export interface Exports {
  formats(): ExportFormats;
  /** @throws ProblemError when it cannot be done, or was stopped: then nothing is left behind */
  run(params: ExportParams, watch?: ExportWatch): Promise<ExportResult>;
  /** Does all of it but the writing. */
  preview(params: ExportPreviewParams, watch?: ExportWatch): Promise<ExportPreview>;
  /**
   * Exports that continue where the last one of the same format, output, options and choice ended.
   * @param dataDirectory absolute path
   */
  parts(dataDirectory: string): ExportParts<ExportWatch>;
  /** @throws ProblemError as `run` */
  dataset(params: DatasetParams, watch?: ExportWatch): Promise<DatasetResult>;
  /** Does all of it but the writing; does not look at what is in the folder. */
  datasetPreview(params: DatasetParams, watch?: ExportWatch): Promise<DatasetPreview>;
}

/**
 * @param attachment bytes of an image or document by its name; none are there when absent
 * @param levelNow what may leave; everything when absent
 * @param note notes files before they take their names, so that they are found again; nothing is noted when absent
 */
export function createExports(
  source: ExportSource, redaction: Redaction, attachment: (name: string) => Uint8Array | undefined = () => undefined, levelNow: LevelNow = () => 'full',
  note: (exported: ToNote) => Promise<void> = () => Promise.resolve(),
): Exports {
  /** That it cannot be noted keeps nobody from taking out what is theirs, on a disk that is full above all: it is said. */
  async function noted(exported: ToNote): Promise<Pick<ExportResult, 'notNoted'>> {
    try {
      await note(exported);
      return {};
    } catch (error) {
      return { notNoted: `${sentence(error)} Forgetting and redacting will not find this export: look at it yourself then.` };
    }
  }

  /** Hands what is chosen to the exporter. */
  async function pour(exporter: Exporter, params: ExportPreviewParams, leveled: LeveledSource, sink: Sink, gate: Gate): Promise<Outcome> {
    const selection = params.selection ?? {};
    const options = params.options ?? {};
    const attached = createAttached(attachment, redaction, gate.count);
    return exporter.unit === 'record'
      ? exporter.write(gate.records(leveled.records(selection)), sink, options, attached)
      : exporter.write(gate.sessions(leveled.sessions(selection), (span) => recordedBetween({ records: leveled.beside }, span)), sink, options, attached);
  }

  function gateFor({ signal, onProgress }: ExportWatch, bytes: () => number): Gate {
    return createGate(redaction, (chosen) => {
      if (signal?.aborted) throw stopped();
      onProgress?.({ chosen, bytes: bytes() });
    });
  }

  const exports: Exports = {
    formats: () => ({
      formats: exporters.map(({ name, displayName, extension, audience, unit, layouts, byDay, loses, optionTexts }) =>
        ({ name, displayName, extension, audience, unit, layouts, ...(byDay && { byDay }), loses, options: optionTexts })),
    }),

    async run(params, watch = {}) {
      const exporter = exporterOf(params.format);
      const layout = params.layout ?? await layoutOf(params.output, exporter);
      const target = await openTarget(params.output, layout, {
        extension: exporter.extension, force: params.force ?? false, keepSame: params.keepSame ?? false,
      });
      try {
        const gate = gateFor(watch, target.bytes);
        const leveled = withinLevels(source, levelNow);
        const outcome = await pour(exporter, params, leveled, target.sink, gate);
        if (watch.signal?.aborted) throw stopped();
        const counts = countsOf(exporter, { ...gate.counts(), withheld: leveled.withheld() }, outcome, target.bytes());
        const missing = await noted({ format: exporter.name, output: params.output, layout, files: target.names() });
        return { format: exporter.name, output: params.output, ...counts, files: await target.commit(), ...missing };
      } catch (error) {
        await target.discard();
        throw error;
      }
    },

    async dataset(params, watch = {}) {
      const exporter = exporterOf(params.format);
      const target = await openTarget(params.output, 'folder', { extension: exporter.extension, force: params.force ?? false });
      try {
        const made = await writeDataset({ exporter, source: withinLevels(source, levelNow), gate: gateFor(watch, target.bytes), sink: target.sink, ruleSet: redaction.ruleSet }, params);
        if (watch.signal?.aborted) throw stopped();
        const missing = await noted({ format: exporter.name, dataset: true, output: params.output, layout: 'folder', files: target.names() });
        return { ...made, files: await target.commit(), ...missing };
      } catch (error) {
        await target.discard();
        throw error;
      }
    },

    async datasetPreview(params, watch = {}) {
      const exporter = exporterOf(params.format);
      const counter = countingSink('folder');
      const made = await writeDataset({ exporter, source: withinLevels(source, levelNow), gate: gateFor(watch, counter.bytes), sink: counter.sink, ruleSet: redaction.ruleSet }, params);
      if (watch.signal?.aborted) throw stopped();
      return { ...made, files: counter.files(), bytes: counter.bytes(), sample: counter.sample() };
    },

    async preview(params, watch = {}) {
      const exporter = exporterOf(params.format);
      const counter = countingSink(params.layout ?? exporter.layouts[0]);
      const gate = gateFor(watch, counter.bytes);
      const leveled = withinLevels(source, levelNow);
      const outcome = await pour(exporter, params, leveled, counter.sink, gate);
      if (watch.signal?.aborted) throw stopped();
      return { format: exporter.name, ...countsOf(exporter, { ...gate.counts(), withheld: leveled.withheld() }, outcome, counter.bytes()), files: counter.files(), sample: counter.sample() };
    },

    parts: (dataDirectory) => createParts(exports, dataDirectory),
  };
  return exports;
}

function exporterOf(name: string): Exporter {
  const exporter = exporters.find((each) => each.name === name);
  if (exporter) return exporter;
  const message = `There is no format ${JSON.stringify(name)}. There are: ${exporters.map((each) => each.name).join(', ')}.`;
  throw new ProblemError({ code: 'no-format', message });
}

function countsOf(exporter: Exporter, passed: GateCounts & Pick<ExportCounts, 'withheld'>, { items, leftOut }: Outcome, bytes: number): ExportCounts {
  const { chosen, withheld } = passed;
  if (items > 0) return { ...passed, items, leftOut, bytes };
  const message = withheld > 0 ? `There is nothing to export: ${withheldReason(withheld)}` : chosen === 0
    ? 'There is nothing to export: nothing fits what was chosen.'
    : `There is nothing to export: ${exporter.displayName} can hold nothing of the ${chosen} ${exporter.unit}s that were chosen.`;
  throw new ProblemError({ code: 'nothing', message });
}
