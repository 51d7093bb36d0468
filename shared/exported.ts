/** What becomes of files that were exported, when what they hold is forgotten or redacted. */

/** A file that an export wrote and that cannot be looked into, or not be changed. */
export interface OutOfReach {
  /** Absolute. */
  readonly path: string;
  /**
   * `not reachable`: its disk is away. `not readable`: it may not be read, or nobody can see from outside what it holds. `something else`: a
   * link or a folder lies in its place, and is not followed. `not noted`: it holds some of it, and it is not sure that Daybook wrote it.
   */
  readonly reason: 'not reachable' | 'not readable' | 'something else' | 'not noted';
}

/**
 * What forgetting does with exports that Daybook knows of: nothing but naming them, taking lines out of files of lines, or deleting as well the
 * documents in which there are no lines to take out.
 */
export const exportChoices = ['keep', 'lines', 'delete'] as const;
export type ExportChoice = (typeof exportChoices)[number];

/** Exports that hold some of what is to be forgotten. */
export interface ExportsToForget {
  /** Files of lines, with how many of their lines hold it. */
  readonly lines: readonly FileOfLines[];
  /** Absolute paths of documents that hold it: pages, tables and pictures that can only go as a whole. */
  readonly documents: readonly string[];
  readonly outOfReach: readonly OutOfReach[];
}

export interface FileOfLines {
  /** Absolute. */
  readonly path: string;
  readonly lines: number;
}

/** What forgetting did with them. */
export interface ForgottenExports {
  /** Files that were rewritten without those lines. */
  readonly rewritten: readonly FileOfLines[];
  /** Absolute paths of documents that are gone. */
  readonly deleted: readonly string[];
  /** Absolute paths of files that a search afterwards finds to hold some of it still. */
  readonly left: readonly string[];
  readonly outOfReach: readonly OutOfReach[];
}
