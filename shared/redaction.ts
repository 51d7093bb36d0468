/** What stands where a secret was, and what the rules of today find in what is recorded already. */

/** How every placeholder begins. */
export const placeholderStart = '[redacted:';

/** Every placeholder in a text; the group 1 is the name of the rule, the group 2 the fingerprint of the secret, where there is one. */
export const placeholders = /\[redacted:([a-z0-9-]+)(?::([0-9a-f]{8}))?\]/g;

/** What of the past to redact; all of it when nothing is given. */
export interface RedactSelection {
  /** As in `daybook/search`: only records that it finds, with their earlier revisions and their attachments. */
  readonly query?: string;
}

/** What the rules of today find in what is recorded already. */
export interface RedactPreview {
  /** Identifies what the rules find. */
  readonly ruleSet: string;
  /** Lines of the journal in which something is found: records, earlier revisions among them. */
  readonly records: number;
  /** Secrets by the name of the rule, the most frequent first. */
  readonly byRule: Readonly<Record<string, number>>;
  /** Lines by UTC day of what happened, the oldest first. */
  readonly byDay: Readonly<Record<string, number>>;
  /** Files of images and documents: texts with placeholders in them, and others in which a secret can be read, which are not kept at all. */
  readonly attachments: { readonly redacted: number; readonly removed: number };
  /** Notes of where the reading of a source stands. */
  readonly cursors: number;
  /** Exports that Daybook knows of and that hold one of the secrets, or cannot be looked into. */
  readonly exports: readonly KnownExport[];
}

/** What was redacted. */
export interface RedactReceipt extends RedactPreview {
  /** Journal files that were rewritten. */
  readonly files: number;
  /** Bytes of the journal and of attachments that are free; fewer than none where placeholders are longer than what they stand for. */
  readonly bytes: number;
  /** Absolute paths of damaged files that nobody can look into. */
  readonly unreadable: readonly string[];
  /** Whether the freed pages of the database and its log are clean, too; if not, the next start tries again. */
  readonly scrubbed: boolean;
  /** The search of every byte of the data directory for what was found. */
  readonly search: {
    /** Secrets that were looked for; those that are too short to tell apart from ordinary words were not. */
    readonly values: number;
    readonly tooShort: number;
    /** Files that were read. */
    readonly files: number;
    /** Where one of them is left, in a place where no rule sees a secret. */
    readonly left: readonly LeftOver[];
  };
  /** Older backups, which held it: one of now took their place. */
  readonly backups: RenewedBackups;
}

export interface RenewedBackups {
  /** How many went. */
  readonly replaced: number;
  /** Absolute paths of folders of backups that could not be reached or written: what lies there still holds what was found. */
  readonly unreached: readonly string[];
}

export interface LeftOver {
  /** Absolute. */
  readonly path: string;
  /** Ids of records, the first few; empty for a file that is no journal. */
  readonly records: readonly string[];
}

export interface KnownExport {
  /** Absolute. */
  readonly path: string;
  /**
   * `redacted`: placeholders stand in it, in a preview: are to stand in it. `holds secrets`: it cannot be written anew, or some of them are left.
   * `not readable`: nobody can see from outside what it holds. `not reachable`: its disk is away, or something else lies in its place.
   */
  readonly state: 'redacted' | 'holds secrets' | 'not readable' | 'not reachable';
}
