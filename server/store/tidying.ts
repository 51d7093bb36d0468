/** Leaves nothing of deleted rows behind in the database, in steps each of which holds the lock for a moment. */

import type { Sqlite } from './database.ts';

export interface Tidying {
  /** Merges the full text of pages, so that words which were taken out are not in it any more; returns whether there is more to do. */
  mergeStep(): boolean;
  /** Gives back some of the free pages; returns whether there are more. */
  vacuumStep(): boolean;
  /** Empties the log; returns whether it could. */
  emptyLog(): boolean;
}

/** Pages that one step writes. */
const stepPages = 200;

export function openTidying(database: Sqlite): Tidying {
  const countBlocks = database.prepare<[], number>('SELECT count(*) FROM block').pluck();
  const merged = database.prepare('UPDATE upkeep SET merged_blocks = ?');
  const totalChanges = database.prepare<[], number>('SELECT total_changes()').pluck();
  const merge = database.prepare(`INSERT INTO page_text (page_text, rank) VALUES ('merge', ?)`);
  const number = (name: string): number => Number(database.pragma(name, { simple: true }));

  return {
    mergeStep() {
      const blocks = countBlocks.get() ?? 0;
      if (blocks === 0) database.exec(`INSERT INTO page_text (page_text) VALUES ('delete-all')`);
      const before = totalChanges.get() ?? 0;
      if (blocks > 0) merge.run(-stepPages);
      // FTS5 changes one row to say that there is nothing to merge.
      const isMore = blocks > 0 && (totalChanges.get() ?? 0) - before >= 2;
      if (!isMore) merged.run(blocks);
      return isMore;
    },
    vacuumStep() {
      const before = number('freelist_count');
      database.pragma(`incremental_vacuum(${stepPages})`);
      const after = number('freelist_count');
      return after > 0 && after < before;
    },
    emptyLog() {
      const [log] = database.pragma('wal_checkpoint(TRUNCATE)') as { readonly busy: number }[];
      return log?.busy === 0;
    },
  };
}
