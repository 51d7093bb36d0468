/**
 * One session in several files of a tool, told more or less fully: it is counted and shown from the fullest of them. What the others
 * say is kept and marked. Which file comes first makes no difference in the end.
 */

import type { ImportedRecord, Importer } from './importer.ts';

/** What is known of a file that was read. */
export interface ReadFile {
  readonly path: string;
  readonly format: string;
  readonly sessions: readonly string[];
  /** Those of them that are marked as told more fully elsewhere. */
  readonly twins: readonly string[];
  /** RFC 3339; when the newest thing it tells of a session was, by the session's native id. */
  readonly latest: Readonly<Record<string, string>>;
}

export interface Twins {
  /** Names of the sessions that a file of a fuller format has. */
  among(path: string, format: string, sessions: Iterable<string>): ReadonlySet<string>;
  /** Remembers what a file holds. */
  note(file: ReadFile): void;
  /** Files of less full formats that hold one of the sessions and were not marked yet: they have to be read again. */
  unmarked(format: string, sessions: Iterable<string>): readonly string[];
  /** When the newest thing was that any file tells of a session: the header of the fullest has to be newer than all others. */
  latest(name: string, session: string): string;
}

/** @param files those of the importer that were read before */
export function createTwins({ capabilities: { lesser = [], replaced = [] } }: Importer, files: Iterable<ReadFile>): Twins {
  const bySession = new Map<string, Map<string, ReadFile>>();
  const ranked = [...lesser, ...replaced];
  const rank = (format: string): number => ranked.indexOf(format);

  function note(file: ReadFile): void {
    if (ranked.length === 0) return;
    for (const session of file.sessions) {
      const places = bySession.get(session) ?? new Map<string, ReadFile>();
      bySession.set(session, places.set(file.path, file));
    }
  }

  for (const file of files) note(file);

  return {
    note,
    among(path, format, sessions) {
      const isFuller = (file: ReadFile): boolean => file.path !== path && rank(file.format) < rank(format);
      return new Set([...sessions].filter((session) => [...(bySession.get(session)?.values() ?? [])].some(isFuller)));
    },
    unmarked(format, sessions) {
      const waiting = (session: string): string[] => [...(bySession.get(session)?.values() ?? [])]
        .filter((file) => lesser.includes(file.format) && rank(file.format) > rank(format) && !file.twins.includes(session))
        .map(({ path }) => path);
      return [...new Set([...sessions].flatMap(waiting))];
    },
    latest: (name, session) => [...(bySession.get(name)?.values() ?? [])].map(({ latest }) => latest[session] ?? '').sort().at(-1) ?? '',
  };
}

/** A record of a session that is told more fully elsewhere; undefined for its header, of which that file has a better one. */
export function asTwin(record: ImportedRecord): ImportedRecord | undefined {
  if (record.kind === 'session') return undefined;
  return record.kind === 'message' ? { ...record, data: { ...record.data, copied: true, twin: true } } : record;
}
