/** How long work in the background rests, told from what it took: no clock, no process, nothing but figures in and figures out. */

import type { Budget } from '../../shared/protocol.ts';

/** What happened since the sample before. */
export interface Sample {
  /** Milliseconds that went by, rests included. */
  readonly elapsedMs: number;
  /** Milliseconds of processor time that the whole process took. */
  readonly cpuMs: number;
  /** Bytes that the whole process holds now. */
  readonly residentBytes: number;
}

export interface Verdict {
  /** Milliseconds that the processor was used ahead of the limit; negative when there is some to spare. Handed in with the next sample. */
  readonly debtMs: number;
  /** Milliseconds to rest before anything more is done; at most a second, so that whoever waits for an end does not wait long. */
  readonly restMs: number;
  /** Why it rests. */
  readonly over?: 'cpu' | 'memory';
}

/** So much may be used at once after a time with little to do. */
const mostSpareMs = 500;
/** What others used, such as the editor's own requests, is not paid for longer than this. */
const mostDebtMs = 20_000;
/** Less is not worth a timer. */
const leastRestMs = 5;
const mostRestMs = 1_000;
/** Rest where the limit of memory is just met; it grows with what is above. */
const memoryRestMs = 100;
const megabyte = 1_000_000;

/** @param debtMs of the verdict before; 0 at first */
export function judge(debtMs: number, { elapsedMs, cpuMs, residentBytes }: Sample, { cpuPercent, memoryMegabytes }: Budget): Verdict {
  const owedMs = cpuPercent > 0 ? (cpuMs * 100) / cpuPercent - elapsedMs : -mostSpareMs;
  const debt = Math.min(mostDebtMs, Math.max(-mostSpareMs, debtMs + owedMs));
  const forCpu = cpuPercent > 0 && debt >= leastRestMs ? Math.min(mostRestMs, debt) : 0;
  const share = memoryMegabytes > 0 ? residentBytes / (memoryMegabytes * megabyte) : 0;
  const forMemory = share > 1 ? Math.min(mostRestMs, memoryRestMs * share) : 0;
  const restMs = Math.max(forCpu, forMemory);
  if (restMs === 0) return { debtMs: debt, restMs };
  return { debtMs: debt, restMs, over: forMemory > 0 ? 'memory' : 'cpu' };
}
