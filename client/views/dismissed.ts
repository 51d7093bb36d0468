/** Notices that a person does not want to see again, in every window. */
export interface Dismissed {
  has(id: string): boolean;
  add(id: string): Promise<void>;
}

/** What of VS Code's memory this needs. */
export interface Memory {
  get(key: string): unknown;
  update(key: string, value: unknown): Thenable<void>;
}

const key = 'dismissedNotices';
/** Older ones are forgotten: what they were about is long gone. */
const mostKept = 500;

export function createDismissed(memory: Memory): Dismissed {
  // Asked each time, for another window may have dismissed something.
  function ids(): readonly string[] {
    const kept = memory.get(key);
    return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string') : [];
  }
  return {
    has: (id) => ids().includes(id),
    async add(id) {
      await memory.update(key, [...ids().filter((other) => other !== id), id].slice(-mostKept));
    },
  };
}
