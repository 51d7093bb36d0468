/** Who did what is recorded, and what caused what: told from the records whenever it is asked, never stored. */

/**
 * What an answer rests on. `recorded`: whoever recorded it said so. `same-content`, `same-time`: a call of an agent's tool named the file,
 * then, and wrote that, or so. `several`: more than one agent may have. `git`: git changed the file. `command`: a command named it.
 * `disk`: something outside the editor wrote it. `typed`, `at-once`: a person can, or cannot, have typed it. `editor`: done in the editor.
 * `same-command`: the same words at the same time. `output`: it stands in the output. `since-last-run`, `since-last-commit`: between the
 * last of its kind and it.
 */
export type Because =
  | 'recorded' | 'same-content' | 'same-time' | 'several' | 'git' | 'command' | 'disk' | 'typed' | 'at-once' | 'editor'
  | 'same-command' | 'output' | 'since-last-run' | 'since-last-commit';

/** The other end of a link. */
export interface Link {
  /** Of a record or of a session. */
  readonly id: string;
  readonly what: 'record' | 'session';
  /** Of the record, such as `editor.edited`; `chat` or `coding` of a session. */
  readonly kind: string;
  /** RFC 3339: of the record, or the last touch of the session. */
  readonly time: string;
  /** One line for a person. */
  readonly label: string;
  /** Id of the session that a record belongs to. */
  readonly session?: string;
  readonly because: Because;
}

/** What is told of a record beside what is in it. Absent is what cannot be told. */
export interface RecordLinks {
  /** `user`, `agent:<name>`, `external`, or `unknown` where an edit may be anybody's. */
  readonly actor?: string;
  /** What the actor is told from. */
  readonly actorBecause?: Because;
  /** At most 50, in the order of time. */
  readonly causedBy?: readonly Link[];
  readonly ledTo?: readonly Link[];
}

/** Edits, and changes of files on disk, of the last seven days; of fewer days where there are very many. */
export interface ActorCounts {
  /** RFC 3339. */
  readonly since: string;
  readonly total: number;
  /** `user`, `agent:<name>`, `external`, `unknown`. */
  readonly byActor: Readonly<Record<string, number>>;
}
