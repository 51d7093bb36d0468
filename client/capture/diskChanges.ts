/** What happened to files on disk between two looks, in bounded memory. Paths are whatever the caller names files by. */

export type Change = 'created' | 'changed' | 'deleted';

export interface Looked {
  readonly count: number;
  readonly created: number;
  readonly changed: number;
  readonly deleted: number;
  /** All of them where they are few, else the first. */
  readonly files: readonly (readonly [path: string, change: Change])[];
}

export interface DiskChanges {
  add(path: string, change: Change): void;
  /** What came since the last look; forgets it. */
  take(): Looked;
}

/** @param mostFiles how many files are kept by name; those beyond it are counted, each as often as it changed */
export function createDiskChanges(mostFiles: number): DiskChanges {
  let files = new Map<string, Change>();
  let beyond: Record<Change, number> = { created: 0, changed: 0, deleted: 0 };
  return {
    add(path, change) {
      const before = files.get(path);
      if (before === undefined && files.size >= mostFiles) beyond[change] += 1;
      else if (before === undefined) files.set(path, change);
      else merge(path, before, change);
    },
    take() {
      const counts = { ...beyond };
      for (const change of files.values()) counts[change] += 1;
      const looked = { ...counts, count: counts.created + counts.changed + counts.deleted, files: [...files] };
      files = new Map();
      beyond = { created: 0, changed: 0, deleted: 0 };
      return looked;
    },
  };

  /** Programs save by deleting and creating: that is one change. What was created and is gone again never was. */
  function merge(path: string, before: Change, now: Change): void {
    if (before === 'created' && now === 'deleted') files.delete(path);
    else if (before === 'deleted' && now === 'created') files.set(path, 'changed');
    else if (before !== 'created') files.set(path, now);
  }
}
