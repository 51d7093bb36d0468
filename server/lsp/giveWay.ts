/**
 * Who asks goes before what is read in the background: while an answer is made, the thread that reads rests between two portions, so that the
 * processor and the disk are free, and what SQLite has in its cache stays right. It is told through memory that both threads have, since a
 * message would wait until that thread looks.
 */

import { setTimeout as sleep } from 'node:timers/promises';

/** How many answers are being made; shared by the thread that answers and the one that gives way. */
export type Asked = SharedArrayBuffer;

/** In milliseconds. */
const lookMs = 5;
const mostMs = 250;

export function newAsked(): Asked {
  return new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
}

/** The same functions; while one of them is at work, whoever gives way rests. */
export function goingFirst<Handlers extends object>(handlers: Handlers, asked: Asked): Handlers {
  const open = new Int32Array(asked);
  const first = (answer: (...params: unknown[]) => unknown) => async (...params: unknown[]): Promise<unknown> => {
    Atomics.add(open, 0, 1);
    try {
      return await answer(...params);
    } finally {
      Atomics.sub(open, 0, 1);
    }
  };
  return Object.fromEntries(Object.entries(handlers).map(([name, answer]) => [name, first(answer as (...params: unknown[]) => unknown)])) as Handlers;
}

/**
 * Gives what to await between two portions: it rests while somebody is answered, but no longer than was worked since the last rest, so that
 * reading goes on at half its speed however much is asked.
 * @param isStopping whether somebody waits for an end: then there is no rest
 */
export function createGiveWay(asked: Asked, isStopping: () => boolean): () => Promise<void> {
  const open = new Int32Array(asked);
  let restedAt = performance.now();
  return async () => {
    const started = performance.now();
    const until = started + Math.min(mostMs, started - restedAt);
    while (Atomics.load(open, 0) > 0 && !isStopping() && performance.now() < until) await sleep(lookMs);
    restedAt = performance.now();
  };
}
