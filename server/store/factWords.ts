/**
 * Facts as words of the full-text index: a filter that is met rarely is looked up like a rare word. They begin with a character of private
 * use, so that no word of a text is taken for one; whoever finds a record asks it all the same.
 */

import { decodedPath, factNames, factsOf, forgetFacts, type FactName } from '../../shared/facts.ts';
import { filePaths } from '../../shared/filePaths.ts';
import type { DaybookRecord } from '../../shared/record.ts';
import { fold } from './fold.ts';
import { identifierParts } from './identifiers.ts';
import { hash48 } from './key.ts';
import { termOf } from './searchQuery.ts';

const ofFact = '\ue000';
const ofPath = '\ue001';
/** Kinds lead to rows and blocks already, and files are found by the words of their paths. */
const without = new Set<FactName>(['kind', 'file']);
/** Of one record; a commit may name thousands of files. */
const mostPaths = 200;
/** Values of one name. */
const mostKnown = 1_000;
/** Paths whose words are remembered. */
const mostRemembered = 2_000;
const known = Object.fromEntries(factNames.map((name) => [name, new Map<string, string>()])) as Record<FactName, Map<string, string>>;

/** Words, separated by spaces, that stand for everything a filter can ask of a record. */
export function factWords(record: DaybookRecord): string {
  let words = '';
  for (const { name, value } of factsOf(record)) if (!without.has(name)) words += ` ${factWord(name, value)}`;
  for (const word of new Set(filePaths(record).slice(0, mostPaths).flatMap(wordsOfPath))) words += ` ${word}`;
  return words;
}

/** The word of one fact. */
export function factWord(name: FactName, value: string): string {
  const own = known[name];
  const before = own.get(value);
  if (before !== undefined) return before;
  const made = `${ofFact}${name}${hash48(value).toString(36)}`;
  if (own.size >= mostKnown) own.clear();
  own.set(value, made);
  return made;
}

const ofPaths = new Map<string, readonly string[]>();

/** The same files are touched again and again. */
function wordsOfPath(path: string): readonly string[] {
  const known = ofPaths.get(path);
  if (known) return known;
  const decoded = decodedPath(path);
  const words = [...termOf({ text: decoded, isPrefix: false })?.words ?? [], ...identifierParts(decoded)].map((word) => `${ofPath}${fold(word)}`);
  if (ofPaths.size >= mostRemembered) ofPaths.clear();
  ofPaths.set(path, words);
  return words;
}

/** Gives back what makes the next records quicker. */
export function forgetFactWords(): void {
  for (const own of Object.values(known)) own.clear();
  ofPaths.clear();
  forgetFacts();
}

/** An expression that all records match that name such a part of a path; undefined where the index cannot say. */
export function pathExpression(typed: string): string | undefined {
  const words = termOf({ text: decodedPath(typed), isPrefix: true })?.words;
  return words && `(${words.map((word, at) => `"${ofPath}${word}"${at === words.length - 1 ? '*' : ''}`).join(' AND ')})`;
}
