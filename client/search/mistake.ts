import type { SearchMistake } from '../../shared/results.ts';
import { pickLabel } from '../text/label.ts';
import type { Translate } from '../text/translate.ts';

/** How a mistake in a search looks in the list. */
export interface MistakeLine {
  readonly label: string;
  /** Where it is; what Enter would write instead, where that can be told. */
  readonly description: string;
  /** The whole search as it is probably meant. */
  readonly corrected?: string;
}

export function mistakeLine(t: Translate, query: string, { from, to, message, suggestion }: SearchMistake): MistakeLine {
  const place = pickLabel(query.slice(from, to), 30);
  const label = pickLabel(message, 160);
  if (suggestion === undefined) return { label, description: t('at "{0}"', place) };
  return {
    label, description: t('at "{0}"; Enter writes {1}', place, pickLabel(suggestion, 30)),
    corrected: query.slice(0, from) + suggestion + query.slice(to),
  };
}
