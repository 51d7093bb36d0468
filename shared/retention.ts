/**
 * Retention: what Daybook itself lets go, by age and size, as `daybook.retention` has it, and what is planned. How long other tools keep
 * their own sessions is something else (`RetentionHealth`). Fields are only ever added. Times are RFC 3339 UTC; sizes are bytes.
 */

import type { Family } from './record.ts';

export interface RetentionPolicy {
  /** Days after which the records of a family go; 0 keeps them for ever. */
  readonly days: Readonly<Record<Family, number>>;
  /** Bytes that journal and index may have together; 0 for any number. */
  readonly maxBytes: number;
  /** Whether chats may go, too, when everything else that may go is not enough. */
  readonly capTakesChats: boolean;
  /** Days between a plan and the moment at which it is carried out. */
  readonly graceDays: number;
}

export const defaultRetention: RetentionPolicy = {
  days: { events: 365, tasks: 0, tool_executions: 0, workflows: 0, chats: 0 }, maxBytes: 0, capTakesChats: false, graceDays: 14,
};

/** What would go. */
export interface RetentionPreview {
  readonly parts: readonly RetentionPart[];
  readonly records: number;
  /** That would be free, of the journal and, by its share, of the index. */
  readonly bytes: number;
  /** What journal and index would have afterwards. */
  readonly bytesLeft: number;
  /** By how much the size would still be above the policy's; absent when it is not. What is left is pinned, of the last week, or chats. */
  readonly above?: number;
}

/** Records of one family that go for one reason. */
export interface RetentionPart {
  readonly family: Family;
  readonly reason: 'age' | 'size';
  readonly records: number;
  readonly bytes: number;
  /** Chats that would go as a whole. */
  readonly chats: number;
  /** UTC days of the oldest and the newest; of a chat, that of its last word. */
  readonly first: string;
  readonly last: string;
}

/** What goes unless somebody keeps it. */
export interface RetentionPlan extends RetentionPreview {
  readonly madeAt: string;
  readonly dueAt: string;
}

/** How it went. */
export interface RetentionResult {
  readonly at: string;
  /** What made it happen: records that were old enough, a size that was reached, a person, or the first start after it was due. */
  readonly trigger: 'age' | 'size' | 'manual' | 'start';
  readonly records: number;
  /** Journal files that were rewritten or removed. */
  readonly files: number;
  readonly bytes: number;
  /** A sentence each. */
  readonly errors: readonly string[];
}

/** `daybook retention` */
export interface RetentionStatus {
  readonly policy: RetentionPolicy;
  /** What would go if it were done now. */
  readonly preview: RetentionPreview;
  /** Null while none waits. */
  readonly plan: RetentionPlan | null;
  /** Whether somebody kept what would have gone: no plan is made until the policy changes or somebody asks for one. */
  readonly kept: boolean;
  readonly lastResult: RetentionResult | null;
}

/** How large journal and index will be, if things go on like this. */
export interface SizeForecast {
  /** Days from now. */
  readonly days: number;
  readonly bytes: number;
  /** By how much they grew on each of the last days that are over. */
  readonly bytesADay: number;
  /** How many those are; 0 when there is none yet: then nothing is known. */
  readonly basisDays: number;
  /** Whether a policy makes it smaller than it would be without. */
  readonly isLimited: boolean;
}
