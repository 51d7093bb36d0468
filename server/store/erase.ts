/** Takes what was forgotten out of the journal's files. */

import { attachmentReference } from '../../shared/attachment.ts';
import type { Forgotten } from './forgotten.ts';
import { sealedPath, type Journal } from './journal.ts';
import { parseRecord } from './payload.ts';
import type { LineRewriting, Rewritten } from './rewriteLines.ts';

export interface Erasing {
  /** Looks through a file, its sealed part as well, without a lock. */
  look(path: string): Look;
  /** Rewrites the file without what was forgotten; with nothing left it goes. Call under the write lock. */
  erase(path: string): Rewritten;
}

/** The same size means the same bytes, unless lines were rewritten meanwhile: that is told by `Forgotten.changes`. */
export interface Look {
  readonly size: number;
  readonly sealed: number;
  readonly isAffected: boolean;
  /** Names of attachments that lines refer to which stay, and that lines refer to which go. */
  readonly attachments: { readonly kept: ReadonlySet<string>; readonly gone: ReadonlySet<string> };
}

const attachmentMark = Buffer.from('"attachment":"');

/** @param hasAttachments whether there are files that lines may refer to */
export function openErasing(journal: Journal, rewriting: LineRewriting, forgotten: Forgotten, hasAttachments: () => boolean): Erasing {
  function isForgotten(line: Buffer): boolean {
    const record = parseRecord(line);
    return record ? forgotten.holds(record) : mentionsForgotten(line.toString('utf8'), forgotten);
  }

  const kept = (line: Buffer): Buffer | undefined => (isForgotten(line) ? undefined : line);

  function attachmentsOf(path: string): Look['attachments'] {
    const found = { kept: new Set<string>(), gone: new Set<string>() };
    if (!hasAttachments()) return found;
    for (const line of rewriting.lines(path)) {
      // Most lines say nothing of the kind, and that is told without decoding them.
      if (!line.includes(attachmentMark)) continue;
      const those = isForgotten(line) ? found.gone : found.kept;
      for (const [, name = ''] of line.toString('utf8').matchAll(attachmentReference)) those.add(name);
    }
    return found;
  }

  return {
    look: (path) => ({
      size: journal.size(path), sealed: journal.size(sealedPath(path)), isAffected: rewriting.isAffected(path, kept), attachments: attachmentsOf(path),
    }),
    erase: (path) => rewriting.rewrite(path, kept),
  };
}

/** A line that is no record may be the rest of one. */
function mentionsForgotten(line: string, forgotten: Forgotten): boolean {
  const names = [...line.matchAll(/"(id|sessionid|session)":"((?:[^"\\]|\\.)*)"/g)];
  return names.some(([, attribute, name = '']) => (attribute === 'id' ? forgotten.holdsId(name) : forgotten.holdsSession(name)));
}
