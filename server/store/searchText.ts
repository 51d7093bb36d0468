/** The words by which a record is found. What is shown as a passage comes from the same text. */

import { typeOf, type DaybookRecord } from '../../shared/record.ts';
import type { ChatSessionHeader, Part } from '../../shared/session.ts';
import { factWords } from './factWords.ts';
import { fold } from './fold.ts';
import { identifierParts, partsAround } from './identifiers.ts';
import { fields, messageOf, text } from './payload.ts';
import type { Term } from './searchQuery.ts';
import { testRunText } from './testRunText.ts';
import { unspacedPieces } from './unspaced.ts';

/** Text of a record, in reading order, parts separated by line breaks. */
export function searchText(record: DaybookRecord): string {
  const pieces: string[] = [];
  if (record.subject) pieces.push(record.subject);
  const message = messageOf(record);
  if (message) for (const part of message.parts) collectPart(part, pieces);
  else if (record.type === 'dev.daybook.chat.session') pieces.push(text(fields<ChatSessionHeader>(record).title) ?? '');
  else if (record.type === typeOf('events', 'test.run')) pieces.push(...testRunText(record));
  else collectStrings(isOwn(record) ? said(record.data) : record.data, pieces);
  return pieces.join('\n');
}

const ownKinds = /^dev\.daybook\.(?:event\.(?:editor|files?|debug|git|diagnostics|window|extension)|task|tool_execution\.(?:terminal|notebook))\./;
/** What nobody looks for by its words, or what the subject says already. */
const unsaid = new Set(['uri', 'oldUri', 'languageId', 'sha256', 'startedAt', 'status', 'cwd', 'terminal', 'shell', 'run', 'session', 'parent', 'repository', 'previous']);

/** Whether Daybook itself saw it in an editor: then it is known what the fields mean. */
function isOwn(record: DaybookRecord): boolean {
  return (record.source === 'lsp' || record.source === 'vscode') && ownKinds.test(record.type);
}

function said(data: unknown): unknown {
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(Object.entries(data).filter(([name]) => !unsaid.has(name)));
}

/**
 * What the index holds beside that text, folded: the parts of identifiers, so that `getUserName` is found by `user name`, and those of
 * unspaced text. Empty when there is nothing.
 * @param folded the same text, folded
 */
export function besideText(record: DaybookRecord, shown: string, folded: string): string {
  const parts = identifierParts(shown);
  for (const piece of unspacedPieces(folded)) parts.add(piece);
  if (record.type === problemType) parts.add(problemWords);
  return [...parts].join(' ');
}

/** What some terms are made of. */
export interface Sought {
  /** Finds their words in any case, and from `lastIndex` on. */
  readonly words: RegExp;
  /** Whether some are of a script that puts no space between words. */
  readonly isUnspaced: boolean;
}

/** Of that, what makes a text match some terms, or keeps it from that. */
export function besideTerms(record: DaybookRecord, shown: string, folded: string, { words, isUnspaced }: Sought): string {
  const parts = partsAround(shown, words);
  if (isUnspaced) parts.push(...unspacedPieces(folded));
  if (record.type === problemType) parts.push(problemWords);
  return parts.join(' ');
}

/**
 * Whether a term may be among what stands beside a text: a part of an identifier is a piece of it, and words side by side are pieces that
 * follow each other.
 * @param folded the text
 */
export function mayStandBeside(record: DaybookRecord, folded: string, { words, pieces }: Term): boolean {
  return record.type === problemType || (pieces ? words.every((word) => folded.includes(word)) : folded.includes(words.join('')));
}

const problemType = typeOf('events', 'source.problem');
/** So that `doctor` can say how to find them. */
const problemWords = 'source.problem';

/** Everything by which the index finds a record, folded: its text, the parts of it, and what filters ask. */
export function indexedWords(record: DaybookRecord): string {
  const shown = searchText(record);
  const folded = fold(shown);
  const beside = besideText(record, shown, folded);
  return `${folded}${beside === '' ? '' : `\n${beside}`}\n${factWords(record)}`;
}

function collectPart(part: Part, pieces: string[]): void {
  switch (part.type) {
    case 'text':
    case 'reasoning':
    case 'notice':
      pieces.push(part.content);
      break;
    case 'tool_call':
      pieces.push(part.name);
      collectStrings(part.arguments, pieces);
      break;
    case 'tool_call_response':
      collectStrings(part.response, pieces);
      break;
    case 'uri':
    case 'edit':
      pieces.push(part.uri);
      break;
    case 'blob':
      break;
    default:
      collectStrings(part, pieces);
  }
}

/** Deep enough for every payload of ours, and an end to what a hostile one can cost. */
const maxDepth = 32;

function collectStrings(value: unknown, pieces: string[], depth = 0): void {
  if (typeof value === 'string') pieces.push(value);
  else if (depth < maxDepth && typeof value === 'object' && value !== null) {
    for (const inner of Object.values(value)) collectStrings(inner, pieces, depth + 1);
  }
}
