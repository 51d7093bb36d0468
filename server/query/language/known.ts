/** Where the values of filters come from that nobody can list beforehand. */

import { decodedPath, factNames, type FactName } from '../../../shared/facts.ts';
import type { ValuesOf } from './completion.ts';
import type { Tagged } from './meaning.ts';

export interface KnownValues {
  /** Of facts, those that begin with a text or have a part that does; the latest first. */
  readonly facts: (name: FactName, typed: string, limit: number) => readonly string[];
  readonly tags: () => readonly Tagged[];
  /** Ids of the latest sessions. */
  readonly sessions: (limit: number) => readonly string[];
}

/** Sessions among which an id is looked for: older ones are found by their words. */
const mostSessions = 200;

export function knownValues({ facts, tags, sessions }: KnownValues): ValuesOf {
  return (name, typed, limit) => {
    const begins = (value: string): boolean => value.toLowerCase().startsWith(typed.toLowerCase());
    if (name === 'tag') return [...new Set(tags().flatMap((each) => each.tags))].filter(begins).sort();
    if (name === 'session') return sessions(mostSessions).filter((id) => begins(id) || begins(id.slice(id.indexOf(':') + 1)));
    const fact = factNames.find((each) => each === name);
    const found = fact ? facts(fact, typed, limit) : [];
    return name === 'workspace' ? [...new Set(found.map(lastName))] : found;
  };
}

/** Of a folder: nobody wants to see the whole address. */
function lastName(uri: string): string {
  return decodedPath(uri).replace(/\/+$/, '').split('/').at(-1) ?? uri;
}
