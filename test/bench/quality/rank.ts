/** How well search answers the questions: the mean reciprocal rank of the records that are meant. */

import { join } from 'node:path';
import { createReader } from '../../../server/reader.ts';
import { createRedactor } from '../../../server/ingest/redact.ts';
import { openStore } from '../../../server/store/store.ts';
import type { DaybookRecord } from '../../../shared/record.ts';
import { batches, lastDay, workload } from '../workload.ts';
import { recordsOf } from './story.ts';
import { stories } from './stories.ts';
import type { Question } from './questions.ts';

/** Results that are looked at: what comes later nobody sees. */
const looked = 10;
/** Noon of the last day: by then all of the day's work is done. */
const now = lastDay + 12 * 3_600_000;
const dayMs = 86_400_000;
const storyDays = 210;

export interface Answer {
  readonly question: Question;
  /** From 1; 0 where it is not among the first. */
  readonly rank: number;
  /** Ids of the results before it, or of all where it is not there. */
  readonly before: readonly string[];
}

/**
 * Asks each question of a store with the stories among other work, all but the last days sealed.
 * @param folder an empty one
 * @param others how many records of other work there are
 */
export async function answers(folder: string, questions: readonly Question[], others: number): Promise<Answer[]> {
  const store = openStore(join(folder, 'quality'));
  const told = stories.flatMap((story) => recordsOf(story, now));
  const all = [...spread(workload(others), others), ...told].sort((a, b) => (a.time < b.time ? -1 : 1));
  for (const batch of batches(all, 1_000)) store.write((writer) => writer.append(batch));
  store.seal({ now: now - 4 * 86_400_000, settled: true });
  const reader = createReader(store, () => Promise.resolve(createRedactor()));
  const answered = questions.map((question): Answer => {
    const ids = reader.search({ query: question.asks, limit: looked }).results.map(({ id }) => id);
    const meant = typeof question.means === 'string' ? [question.means] : question.means;
    const at = ids.findIndex((id) => meant.includes(id));
    return { question, rank: at + 1, before: at === -1 ? ids : ids.slice(0, at) };
  });
  await reader.close();
  return answered;
}

/** The same work, over as many days as the stories. */
function* spread(records: Iterable<DaybookRecord>, count: number): Generator<DaybookRecord> {
  let at = 0;
  for (const record of records) yield { ...record, time: new Date(now - (1 - at++ / count) * storyDays * dayMs).toISOString() };
}

/** From 0 to 1: 1 where each record that is meant comes first. */
export function meanReciprocalRank(answered: readonly Answer[]): number {
  return answered.reduce((sum, { rank }) => sum + (rank === 0 ? 0 : 1 / rank), 0) / answered.length;
}

/** Names of steps that no story has: a question that asks for one can never be answered. */
export function unknownNames(questions: readonly Question[]): string[] {
  const names = new Set(stories.flatMap((story) => recordsOf(story, now)).map(({ id }) => id));
  return questions.flatMap(({ means }) => means).filter((name) => !names.has(name));
}
