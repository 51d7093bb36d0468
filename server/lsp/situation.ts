/** What a server knows that *Health* has to know. */

import type { Situation } from '../core.ts';
import type { Machine } from '../importers/importer.ts';
import { budgetNotes } from './budget.ts';
import type { Holding } from './holding.ts';
import type { Imports } from './imports.ts';
import type { Settings } from './settings.ts';

export interface SituationDeps {
  readonly imports: Pick<Imports, 'budget' | 'status'>;
  readonly holding: Pick<Holding, 'trouble'>;
  readonly machine: () => Machine;
  readonly settings: () => Settings;
  readonly isRecording: () => boolean;
}

/** While everything is being read, or nothing is by the user's wish, what waits is no news. */
export async function situationOf({ imports, holding, machine, settings, isRecording }: SituationDeps): Promise<Situation> {
  const budget = await imports.budget();
  const mayWait = !isRecording() || budget.diskBytes !== undefined || imports.status().imported === undefined || imports.status().importing !== undefined;
  return {
    machine: machine(), ...(holding.trouble && { trouble: holding.trouble }), disabledSources: settings().disabledSources, mayWait,
    readNow: 'The command Daybook: Import Now', notes: budgetNotes(budget, settings().budget),
  };
}
