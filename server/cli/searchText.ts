/** Results of a search for people: by session, matches marked on a terminal, plain in a pipe. */

import { styleText } from 'node:util';
import { matchEnd, matchStart, type SearchGroup, type SearchHit, type SearchNeighbour, type SearchResult } from '../../shared/results.ts';
import { plural } from '../../shared/words.ts';
import { oneLine } from './text.ts';

export interface Style {
  readonly title: (text: string) => string;
  readonly match: (text: string) => string;
  readonly aside: (text: string) => string;
}

const plain = (text: string): string => text;
export const plainStyle: Style = { title: plain, match: plain, aside: plain };
export const colored: Style = {
  title: (text) => styleText('bold', text, { validateStream: false }),
  match: (text) => styleText(['bold', 'yellow'], text, { validateStream: false }),
  aside: (text) => styleText('dim', text, { validateStream: false }),
};

const marked = new RegExp(`${matchStart}([^${matchEnd}]*)${matchEnd}`, 'g');
const neighbourCharacters = 100;

export function searchText({ total, results, query, more, groups }: SearchResult, style: Style = plainStyle): string {
  if (total === 0) return more ? `Nothing found for ${query} in the newest records; what is older was not read. A word or a time narrows it.` : `Nothing found for ${query}.`;
  const byId = new Map(results.map((hit) => [hit.id, hit]));
  const alone = results.map((hit): SearchGroup => ({ session: null, hits: [hit.id] }));
  const lines = (groups ?? alone).flatMap((group) => groupLines(group, byId, style));
  return [...lines, total > results.length || more ? `${results.length} of ${more ? `more than ${total}` : total} results; more with --limit.` : `${plural(total, 'result')}.`].join('\n');
}

function groupLines({ session, hits, before, after }: SearchGroup, byId: ReadonlyMap<string, SearchHit>, style: Style): string[] {
  const [best, ...others] = hits.flatMap((id) => byId.get(id) ?? []);
  if (!best) return [];
  const head = session ? `${style.title(oneLine(session.title))}  ${session.source}  ${session.id}` : `${best.source} ${best.kind}  ${best.sessionId ?? best.id}`;
  return [
    `${minute(best.time)}  ${head}`,
    ...(before ? [neighbourLine(before, style)] : []),
    hitLine(best, session !== null, style),
    ...(after ? [neighbourLine(after, style)] : []),
    ...others.map((hit) => hitLine(hit, session !== null, style)),
  ];
}

function hitLine({ time, kind, snippet }: SearchHit, ofSession: boolean, { match }: Style): string {
  const shown = snippet.replace(/[\u202a-\u202e\u2066-\u2069]/g, '').replace(marked, (_, text: string) => match(text));
  return ofSession ? `    ${minute(time).slice(11)} ${kind}  ${shown}` : `    ${shown}`;
}

function neighbourLine({ time, kind, text }: SearchNeighbour, { aside }: Style): string {
  const said = oneLine(text);
  return aside(`    ${minute(time).slice(11)} ${kind}  ${said.length > neighbourCharacters ? `${said.slice(0, neighbourCharacters - 1).toWellFormed()}…` : said}`);
}

function minute(time: string): string {
  return time.slice(0, 16).replace('T', ' ');
}
