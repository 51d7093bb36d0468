import { createRedactor, redactRecords } from '../../../server/ingest/redact.ts';
import { alternate, ratioRow, seconds, type Figure } from '../figure.ts';
import { batches, workload } from '../workload.ts';

export const redaction: Figure = {
  name: 'redaction',
  async measure(bench) {
    const parts = [...batches(workload(20_000, 13), 500)];
    const lines = parts.flat().map((record) => JSON.stringify(record));
    const megabytes = lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0) / 1e6;
    const measured = await alternate(bench.runs, async () => {
      const redactor = createRedactor();
      return megabytes / await seconds(async () => {
        for (const part of parts) await redactRecords(redactor, part);
      });
    }, async () => megabytes / await seconds(() => lines.forEach((line) => JSON.parse(line) as unknown)));
    return [ratioRow({ figure: 'redaction, all rules on, in batches of 500', unit: 'MB/s', against: 'JSON.parse of the same lines', ...measured }, { atLeast: 0.15 })];
  },
};
