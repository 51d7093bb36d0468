/** A session as the session document shows it: an outline of turns, and items that are fetched page by page. Foreign text is plain text. */

import type { BlobPart } from './attachment.ts';
import type { SessionDocument } from './results.ts';
import type { ToolStatus, Usage } from './session.ts';

/** `daybook/sessionOutline` */
export interface SessionOutline {
  readonly session: SessionDocument['session'];
  readonly turns: readonly TurnOutline[];
  /** How many items there are in all turns. */
  readonly items: number;
}

export interface TurnOutline {
  /** From 1. */
  readonly index: number;
  readonly startedAt: string;
  readonly endedAt: string;
  /** Beginning of the prompt, on one line; empty when the turn has none. */
  readonly prompt: string;
  /** Number of its first item in the session, from 0. */
  readonly first: number;
  readonly items: number;
  readonly toolCalls: number;
  /** Tool calls that failed, were refused or were cancelled. */
  readonly failures: number;
  /** Each response counted once. */
  readonly usage: Usage;
  readonly models: readonly string[];
}

/** `daybook/sessionItems`: some items in their order. */
export interface SessionItems {
  /** Number of the first one. */
  readonly from: number;
  readonly items: readonly SessionItem[];
}

/** One record of a session, as far as there is something to see. */
export interface SessionItem {
  /** Of its record. */
  readonly id: string;
  readonly time: string;
  /** `event` is what did not come from a chat. */
  readonly role: 'system' | 'user' | 'assistant' | 'tool' | 'event';
  /** Injected by the tool; taken back by the user; replayed from another session. */
  readonly synthetic?: true;
  readonly superseded?: true;
  readonly copied?: true;
  readonly blocks: readonly Block[];
}

export type Block =
  | { readonly type: 'text' | 'reasoning' | 'notice'; readonly text: Clipped }
  | ToolBlock
  /** An edit without a tool call of its own. */
  | { readonly type: 'edit'; readonly edits: readonly FileEdit[] }
  | { readonly type: 'link'; readonly uri: string; readonly name: string; readonly line?: number }
  /** `name` is that of the file that holds it, where one does; `left` says why none does. `isOutput`: all that a command printed. */
  | { readonly type: 'attachment'; readonly mimeType: string; readonly bytes: number; readonly name?: string; readonly isPicture?: true; readonly isOutput?: true; readonly left?: BlobPart['leftOut'] }
  | { readonly type: 'event'; readonly kind: string; readonly subject: string }
  /** A part of a kind that Daybook does not know, as JSON. */
  | { readonly type: 'raw'; readonly nativeType: string; readonly text: Clipped };

export interface ToolBlock {
  readonly type: 'tool';
  readonly name: string;
  /** The one argument by which a person recognises the call; may be empty. */
  readonly summary: string;
  /** `running` where no answer is known. */
  readonly status: ToolStatus | 'running';
  readonly exitCode?: number;
  readonly durationMs?: number;
  /** Arguments as text, JSON where they are no text; absent where `edits` say all. */
  readonly input?: Clipped;
  readonly output?: Clipped;
  readonly edits: readonly FileEdit[];
}

/** What a call did to one file, as far as its arguments tell. */
export interface FileEdit {
  /** As the tool names it. */
  readonly path: string;
  /** Lines. */
  readonly added: number;
  readonly removed: number;
  /** Lines that begin with a blank, `-` or `+`. */
  readonly diff: Clipped;
}

/** Text, or the beginning of one. */
export interface Clipped {
  readonly text: string;
  /** Length of the whole text in UTF-16 units, where only its beginning is here. */
  readonly wholeLength?: number;
}

/** Which block of which record; `field` and `edit` say which of its texts. */
export interface BlockPlace {
  /** Of the session. */
  readonly id: string;
  readonly record: string;
  /** Place among the item's blocks, from 0. */
  readonly block: number;
}

/** `daybook/sessionBlock`: everything of one block, not cut. */
export interface WholeBlock {
  /** Of a text, reasoning, notice, raw value or the result of a tool. */
  readonly text: string;
  /** Arguments of a tool. */
  readonly input: string;
  readonly edits: readonly WholeEdit[];
}

export interface WholeEdit {
  readonly path: string;
  /** The parts of the file that the edit names, before and after; all of it where the call wrote a whole file. */
  readonly before: string;
  readonly after: string;
}

/** What to find: a record, if it is an item by itself, else a text. */
export interface Sought {
  readonly text: string;
  readonly record?: string;
}

/** `daybook/sessionFind`: which items hold a text, in any case, runs of white space as one blank. */
export interface SessionFound {
  /** Numbers of items, ascending; at most 2,000. */
  readonly items: readonly number[];
  /** Whether there are more. */
  readonly more: boolean;
}
