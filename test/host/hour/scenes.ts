/** Scenes of a scripted hour: each waits for its records before the next begins, so that their order is that of the script. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { JournalLine } from '../../support/journal.ts';
import { journalOf } from '../../support/journal.ts';
import { dataDirectory } from '../inside.ts';

export type Recorded = JournalLine['record'];

export interface Scene {
  readonly name: string;
  readonly records: readonly Recorded[];
}

export interface Script {
  /**
   * @param expected what must be on record before the next scene begins, as `kind subject`, or `kind` alone; twice where it happens twice
   */
  scene(name: string, act: () => Promise<unknown>, ...expected: readonly string[]): Promise<void>;
  /** All scenes with what happened in them, whether it was expected or not. */
  end(): Promise<Scene[]>;
}

const pollMs = 200;
/** What the editor gathers before it tells, on a machine that has much else to do. */
const longestMs = 40_000;

/** @param belongs whether a record is part of the hour */
export async function begin(belongs: (record: Recorded) => boolean): Promise<Script> {
  const before = new Set((await journalOf(dataDirectory())).map(({ record }) => record.id));
  const begun: { readonly name: string; readonly at: number }[] = [];

  async function told(): Promise<Recorded[]> {
    const all = (await journalOf(dataDirectory())).map(({ record }) => record);
    return all.filter((record) => !before.has(record.id) && belongs(record));
  }

  async function waitFor(name: string, from: number, expected: readonly string[]): Promise<void> {
    const until = Date.now() + longestMs;
    for (;;) {
      const there = (await told()).filter(({ time }) => Date.parse(time) >= from).map(nameOf);
      const missing = expected.filter((each, at) => {
        const wanted = expected.slice(0, at + 1).filter((other) => other === each).length;
        return there.filter((is) => is === each || is.startsWith(`${each} `)).length < wanted;
      });
      if (missing.length === 0) return;
      if (Date.now() > until) throw new Error(`${name}: ${missing.join(', ')} did not come in ${longestMs / 1000} seconds. There are:\n${there.join('\n')}`);
      await sleep(pollMs);
    }
  }

  return {
    async scene(name, act, ...expected) {
      const at = Date.now();
      begun.push({ name, at });
      await act();
      await waitFor(name, at, expected);
    },
    async end() {
      const records = await told();
      return begun.map(({ name, at }, number) => {
        const until = begun[number + 1]?.at ?? Infinity;
        return { name, records: records.filter(({ time }) => Date.parse(time) >= at && Date.parse(time) < until) };
      });
    },
  };
}

export function nameOf({ type, subject }: Recorded): string {
  return `${type.replace(/^dev\.daybook\.[a-z_]+\./, '')}${subject === undefined ? '' : ` ${subject}`}`;
}
