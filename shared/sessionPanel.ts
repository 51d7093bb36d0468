/** What the session document, a webview, and its host say to each other. */

import type { SessionFound, SessionItem, SessionOutline, Sought } from './sessionView.ts';

/** What the page asks of its host. */
export interface SessionHost {
  /** Once, when the page is up. */
  readonly start: { params: null; result: SessionStart };
  readonly items: { params: { from: number; limit: number }; result: readonly SessionItem[] };
  readonly find: { params: Sought; result: SessionFound };
  /** Which of these paths, as they stand in the session, are files that can be opened: their places in the list. */
  readonly existing: { params: { paths: readonly string[] }; result: readonly number[] };
  /** Line from 1. */
  readonly openFile: { params: { path: string; line?: number }; result: null };
  /** Opens what an edit did in the diff editor. */
  readonly openEdit: { params: { record: string; block: number; edit: number }; result: null };
  /** A picture as a `data:` address, by the name of its file; null where it is too large to be shown inside, or is not there. */
  readonly picture: { params: { name: string }; result: string | null };
  readonly openAttachment: { params: { name: string }; result: null };
  /** Opens a text as a whole in an editor. */
  readonly openText: { params: { record: string; block: number; of: 'text' | 'input' }; result: null };
  readonly copyTurn: { params: { turn: number }; result: null };
  /** The person does something in the page: another session is opened beside it, not in its place. */
  readonly keep: { params: null; result: null };
}

/** What the host asks of the page. */
export interface SessionPage {
  /** The session has changed; null when it is gone. */
  readonly changed: { params: { outline: SessionOutline | null }; result: null };
  /** Goes to the record, or to the first item that holds the text. */
  readonly goTo: { params: Sought; result: null };
  /** Shows another session. */
  readonly restart: { params: null; result: null };
  readonly find: { params: null; result: null };
}

export interface SessionStart {
  readonly id: string;
  /** Null when the session is gone. */
  readonly outline: SessionOutline | null;
  readonly texts: SessionTexts;
  /** BCP 47. */
  readonly locale: string;
  /** What to go to first. */
  readonly sought?: Sought;
}

/** Everything the page says by itself, in the language of the editor; `{0}` and `{1}` are places for values. */
export interface SessionTexts {
  readonly gone: string;
  readonly empty: string;
  readonly outline: string;
  readonly turn: string;
  readonly beginning: string;
  readonly previousTurn: string;
  readonly nextTurn: string;
  readonly copyTurn: string;
  readonly copied: string;
  readonly unfoldAll: string;
  readonly find: string;
  readonly findPlaceholder: string;
  readonly nextMatch: string;
  readonly previousMatch: string;
  readonly close: string;
  readonly noMatch: string;
  readonly matches: string;
  readonly moreMatches: string;
  readonly tool: string;
  readonly branch: string;
  readonly workspace: string;
  readonly time: string;
  readonly size: string;
  readonly tokens: string;
  readonly startedFrom: string;
  readonly readFrom: string;
  readonly complete: string;
  readonly sourceGone: string;
  readonly fromTo: string;
  readonly oneTurn: string;
  readonly turns: string;
  readonly oneTool: string;
  readonly tools: string;
  readonly failures: string;
  readonly tokensInOut: string;
  readonly tokensOut: string;
  readonly tokensDetail: string;
  readonly milliseconds: string;
  readonly seconds: string;
  readonly minutes: string;
  readonly hours: string;
  readonly you: string;
  readonly assistant: string;
  readonly context: string;
  readonly thinking: string;
  readonly takenBack: string;
  readonly replayed: string;
  readonly succeeded: string;
  readonly failedStatus: string;
  readonly denied: string;
  readonly cancelled: string;
  readonly unknownStatus: string;
  readonly running: string;
  readonly exit: string;
  readonly input: string;
  readonly output: string;
  readonly nothingSaid: string;
  readonly showAll: string;
  readonly openDiff: string;
  readonly edited: string;
  readonly attachment: string;
  readonly fullOutput: string;
  readonly leftOut: string;
  readonly unknownPart: string;
  readonly linesChanged: string;
}
