/** What people say of sessions. It is part of the record like everything else: it goes where the record goes, and comes back with it. */

/** `dev.daybook.event.session.marked`: what is absent stays as it was. */
export interface SessionMarked extends SessionMarks {
  /** Id of the session. */
  readonly session: string;
}

export interface SessionMarks {
  /** Stays on top, and is never removed by a rule. */
  readonly pinned?: boolean;
  /** Is left out of lists; search finds it. */
  readonly hidden?: boolean;
  /** The person's own title; null for the tool's. */
  readonly title?: string | null;
  /** All tags it has from now on. */
  readonly tags?: readonly string[];
}

/** Longer ones are refused. */
export const longest = { title: 400, tag: 60, tags: 40 };

const isTag = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '' && value.length <= longest.tag;

/** Each mark, and whether a value can be one. */
export const sessionMarks: { readonly [Mark in keyof Required<SessionMarks>]: (value: unknown) => boolean } = {
  pinned: (value) => typeof value === 'boolean',
  hidden: (value) => typeof value === 'boolean',
  title: (value) => value === null || (typeof value === 'string' && value.trim() !== '' && value.length <= longest.title),
  tags: (value) => Array.isArray(value) && value.length <= longest.tags && value.every(isTag),
};

/** What is wrong with marks that somebody gave; undefined when nothing is. */
export function marksProblem(marks: SessionMarks): string | undefined {
  const wrong = Object.entries(sessionMarks).find(([mark, isValid]) => {
    const value: unknown = marks[mark as keyof SessionMarks];
    return value !== undefined && !isValid(value);
  });
  switch (wrong?.[0]) {
    case undefined: return undefined;
    case 'title': return `A title has 1 to ${longest.title} characters.`;
    case 'tags': return `A session has at most ${longest.tags} tags of 1 to ${longest.tag} characters.`;
    default: return `${wrong?.[0] ?? ''} is true or false.`;
  }
}
