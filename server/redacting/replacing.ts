/** Collects what is to be replaced, and replaces it: once, or whenever there is more of it than should be held. */

import type { RedactReceipt } from '../../shared/redaction.ts';
import type { Attachments, Prepared } from '../store/attachments.ts';
import type { Changes, Past } from '../store/past.ts';
import type { Fate } from './attachments.ts';
import type { LineChange } from './lines.ts';

/** What is found on the way: images and documents first, then each line that is to be another one, and the end of each file. */
export interface Take {
  attachments(fates: readonly Fate[]): Promise<void>;
  line(path: string, change: LineChange): void;
  file(): void;
}

export interface Replacing extends Take {
  /** Whether something is replaced already: then the rest of it has to follow. */
  hasBegun(): boolean;
  /** Replaces what is left; at last the attachments go that no line names any more. */
  last(gone: readonly string[], cursors: Changes['cursors']): void;
  /** Makes the index again where something was replaced. Call it whatever happened before. */
  end(): Pick<RedactReceipt, 'files' | 'bytes' | 'unreadable' | 'scrubbed'>;
}

/** Bytes of lines held at a time. */
const heldBytes = 128 << 20;

export function createReplacing(past: Past, attachments: Pick<Attachments, 'prepare'>): Replacing {
  const come: Prepared[] = [];
  const unreadable = new Set<string>();
  const done = { files: 0, bytes: 0 };
  let lines = new Map<string, Map<string, Buffer>>();
  let moves = new Map<string, string>();
  let held = 0;
  let isBegun = false;

  function replace(go: readonly string[], cursors: Changes['cursors']): void {
    isBegun = true;
    const each = past.replace({ lines, moves, attachments: { come, go }, cursors });
    done.files += each.files;
    done.bytes += each.bytes;
    for (const path of each.unreadable) unreadable.add(path);
    lines = new Map();
    moves = new Map();
    held = 0;
  }

  return {
    async attachments(fates) {
      for (const { next } of fates) if (next) come.push(await attachments.prepare(next.name, next.content));
    },
    line(path, { line, next, records }) {
      const those = lines.get(path) ?? new Map<string, Buffer>();
      const bytes = Buffer.from(next);
      those.set(past.key(line), bytes);
      lines.set(path, those);
      held += bytes.length;
      const to = records && past.movedTo(path, records.before, records.after);
      if (to !== undefined) moves.set(path, to);
    },
    file() {
      if (held > heldBytes) replace([], new Map());
    },
    hasBegun: () => isBegun,
    last(gone, cursors) {
      if (lines.size + gone.length + cursors.size > 0) replace(gone, cursors);
    },
    end() {
      for (const file of come) file.discard();
      return { ...done, unreadable: [...unreadable], scrubbed: !isBegun || past.finish() };
    },
  };
}
