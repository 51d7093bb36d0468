/** The lanes in which a day is drawn, and by which activity is counted. */

import { parseType } from './record.ts';

export const lanes = ['edits', 'commands', 'tests', 'chats', 'commits', 'other'] as const;
export type Lane = (typeof lanes)[number];

const byKind: readonly (readonly [RegExp, Lane])[] = [
  [/^editor\.(?:edited|saved)$|^files?\./, 'edits'],
  [/^terminal\.command$|^notebook\.cell$|^debug\./, 'commands'],
  [/^test\.run$/, 'tests'],
  [/^git\./, 'commits'],
];

/** The lane of a record's `type`. What nobody did, such as a window that lost the focus, is `other`. */
export function laneOf(type: string): Lane {
  const { family, kind } = parseType(type) ?? { family: 'events', kind: '' };
  if (family === 'chats') return kind === 'message' ? 'chats' : 'other';
  if (family === 'tasks') return 'commands';
  return byKind.find(([pattern]) => pattern.test(kind))?.[1] ?? 'other';
}
