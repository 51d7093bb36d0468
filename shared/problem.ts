/**
 * How every part of Daybook says what it could not do: a value with a code for programs, a sentence for people
 * and the place it happened. Problems are never thrown away; the ones met while reading a source are recorded.
 */
export interface Problem {
  /** Short, stable, kebab-case: `malformed-line`, `unknown-record`, `unreadable-file` … */
  readonly code: string;
  /** One calm sentence for a person; ends with a full stop. */
  readonly message: string;
  readonly where?: Place;
}

/** Where a problem was met. */
export interface Place {
  /** Absolute path of a file. */
  readonly file?: string;
  /** Line number, from 1. */
  readonly line?: number;
  /** Byte offset of the line's first byte, from 0. */
  readonly offset?: number;
  /** Id of a setting, such as `daybook.dataDirectory`. */
  readonly setting?: string;
}

/** A failure whose sentence is written for the person in front of the screen; everything else that is thrown is a bug. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;

  /** By its shape: a part that is loaded later is a bundle of its own, with a class of its own. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'ProblemError' && 'problem' in value;
  }

  constructor(problem: Problem, options?: ErrorOptions) {
    super(problem.message, options);
    this.problem = problem;
  }
}

/** The sentence to show for anything that was thrown. */
export function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
