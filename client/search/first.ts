/** What stands in the search before anything is typed: a search of the person's own, and two that are good to know. */

import type { SearchSuggestion } from '../../shared/results.ts';
import { pickLabel } from '../text/label.ts';
import type { Translate } from '../text/translate.ts';

/** One search that Enter begins. */
export interface FirstLine {
  readonly label: string;
  readonly description: string;
  readonly corrected: string;
}

/** @param suggestion null when nothing is recorded yet that could be suggested */
export function firstLines(t: Translate, suggestion: SearchSuggestion | null): readonly FirstLine[] {
  if (!suggestion) return [];
  return [
    line(suggestion.query, t('from your session "{0}"', pickLabel(suggestion.title, 50))),
    line('during:today', t('what happened today')),
    line('is:error during:last-week', t('what went wrong last week')),
  ];
}

function line(query: string, description: string): FirstLine {
  return { label: pickLabel(query, 60), description, corrected: query };
}
