/**
 * The keys that this process was given. They stand in the environment data of threads, so that each thread that is started from then on has
 * them, too, and so that there is one place for them however many bundles a process is made of.
 */

import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';

/** What everything in a data directory is encrypted with. */
export interface DataKey {
  /** Eight hexadecimal digits, by which what is encrypted names its key. */
  readonly id: string;
  /** 32 bytes. */
  readonly bytes: Uint8Array;
}

type Held = Readonly<Record<string, Uint8Array>>;

const place = 'daybook.keys';

export function heldKey(id: string): DataKey | undefined {
  const bytes = held()[id];
  return bytes && { id, bytes };
}

export function holdKeys(keys: Iterable<DataKey>): void {
  setEnvironmentData(place, { ...held(), ...Object.fromEntries(Array.from(keys, ({ id, bytes }) => [id, bytes])) });
}

function held(): Held {
  return (getEnvironmentData(place) as Held | undefined) ?? {};
}
