/** The lines of the search palette: what can be written, and results by session. */

import type { SearchCompletions, SearchGroup, SearchHit, SearchNeighbour, SearchResult } from '../../shared/results.ts';
import { pickLabel } from '../text/label.ts';
import { counted, type Translate } from '../text/translate.ts';
import { hitLine, type HitLine } from './hit.ts';

export type ResultLine =
  /** The head of a session; what follows is of it, up to the next. */
  | { readonly type: 'session'; readonly label: string }
  | { readonly type: 'hit'; readonly hit: SearchHit; readonly line: HitLine; readonly detail?: string }
  | { readonly type: 'write'; readonly label: string; readonly description: string; readonly icon: string; readonly corrected: string };

export interface Looking {
  readonly t: Translate;
  readonly now: Date;
}

/** Results of one session that are shown: further ones are a line. */
const mostOfSession = 3;
/** Both of them fit into the line. */
const neighbourCharacters = 30;
const headCharacters = 32;
const mostOffered = 5;

export function resultLines({ query, results, groups }: SearchResult, looking: Looking): ResultLine[] {
  const byId = new Map(results.map((hit) => [hit.id, hit]));
  const alone = results.map(({ id }): SearchGroup => ({ session: null, hits: [id] }));
  return (groups ?? alone).flatMap((group, place, all) => {
    const hits = group.hits.flatMap((id) => byId.get(id) ?? []);
    // Records of no session after those of one need a head of their own, or they would seem to be of it.
    const isAfterSession = group.session === null && all[place - 1]?.session;
    return [...headLines(group, isAfterSession !== undefined && isAfterSession !== null, looking), ...hitLines(group, hits, looking), ...moreLines(query, group, hits, looking)];
  });
}

function headLines({ session }: SearchGroup, isAfterSession: boolean, { t }: Looking): ResultLine[] {
  if (!session) return isAfterSession ? [{ type: 'session', label: t('Outside of a session') }] : [];
  // Short: it stands on the line of the first result, whose own words come first.
  return [{ type: 'session', label: pickLabel(session.title, headCharacters) || t('Untitled session') }];
}

function hitLines(group: SearchGroup, hits: readonly SearchHit[], { t, now }: Looking): ResultLine[] {
  return hits.slice(0, mostOfSession).map((hit, place) => {
    const detail = place === 0 ? surroundings(group) : '';
    return { type: 'hit', hit, line: hitLine(t, hit, now), ...(detail !== '' && { detail }) };
  });
}

/** What came just before and after, each with an arrow. */
function surroundings({ before, after }: SearchGroup): string {
  const said = (arrow: string, neighbour: SearchNeighbour | undefined): string[] => {
    const text = neighbour ? pickLabel(neighbour.text, neighbourCharacters) : '';
    return text === '' ? [] : [`${arrow} ${text}`];
  };
  return [...said('↑', before), ...said('↓', after)].join('   ');
}

function moreLines(query: string, { session }: SearchGroup, hits: readonly SearchHit[], { t }: Looking): ResultLine[] {
  const left = hits.length - mostOfSession;
  if (!session || left <= 0) return [];
  const corrected = `${query.trim()} session:${/[\s()"]/.test(session.id) ? `"${session.id.replaceAll('"', ' ')}"` : session.id} `;
  return [{ type: 'write', label: counted(t, left, '1 more in this session', '{0} more in this session'), description: '', icon: 'ellipsis', corrected }];
}

/** What can be written at the end: all filters where nothing is typed, and values while one is. */
export function completionLines({ query, from, to, items }: SearchCompletions): ResultLine[] {
  const typed = query.slice(from, to).replaceAll('"', '').toLowerCase();
  const isValue = query[from - 1] === ':';
  if (!isValue && query.trim() !== '' && typed.length < 2) return [];
  const open = items.filter(({ text }) => text.replaceAll('"', '').toLowerCase() !== typed);
  return (query.trim() === '' ? open : open.slice(0, mostOffered)).map(({ text, says }) => ({
    type: 'write', label: isValue ? query.slice(query.slice(0, from).search(/\S*$/), from) + text : text, description: says, icon: isValue ? 'filter' : 'list-filter',
    corrected: query.slice(0, from) + text + (isValue ? ' ' : ''),
  }));
}
