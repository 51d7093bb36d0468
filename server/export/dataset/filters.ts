/** Which sessions a dataset takes, by what happened in them. */

import { consentLevels, isConsentLevel } from '../../../shared/consentLevel.ts';
import type { DatasetFilters } from '../../../shared/protocol.ts';
import type { DaybookRecord } from '../../../shared/record.ts';
import type { SessionDocument } from '../../../shared/results.ts';
import type { ChatMessage } from '../../../shared/session.ts';

export function sessionFilter({ models, tools, outcomes, minTurns = 0, maxTurns = Infinity, consent = 'off' }: DatasetFilters): (document: SessionDocument) => boolean {
  return ({ session, turns }) => {
    if (session.turns < minTurns || session.turns > maxTurns) return false;
    if (!turns.every(({ records }) => records.every((record) => rank(record) >= consentLevels.indexOf(consent)))) return false;
    if (!models && !tools && !outcomes) return true;
    const messages = turns.flatMap(({ records }) => records.filter(({ type }) => type === 'dev.daybook.chat.message').map(({ data }) => data as Partial<ChatMessage>));
    return (!models || messages.some(({ model }) => model !== undefined && models.includes(model)))
      && (!tools || messages.some(({ parts = [] }) => parts.some((part) => part.type === 'tool_call' && tools.includes(part.name))))
      && (!outcomes || outcomes.includes(messages.findLast(({ outcome }) => outcome !== undefined)?.outcome ?? 'completed'));
  };
}

/** A word that is no level is of somebody who wanted less than everything. */
function rank({ consent = 'full' }: DaybookRecord): number {
  return consentLevels.indexOf(isConsentLevel(consent) ? consent : 'off');
}
