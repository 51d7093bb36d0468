/** What needs a look, by its cause: said until the cause is gone, and no longer. */

export interface Attention {
  /** The most recent thing that still needs a look. */
  readonly message: string | undefined;
  /** Says it; the latest of one cause counts. */
  raise(cause: string, message: string): void;
  /** The cause is gone; nothing happens when there was none. */
  clear(cause: string): void;
}

/** @param onChange called when `message` is another one */
export function createAttention(onChange: () => void): Attention {
  const messages = new Map<string, string>();
  const latest = (): string | undefined => [...messages.values()].at(-1);

  function change(by: () => void): void {
    const before = latest();
    by();
    if (latest() !== before) onChange();
  }

  return {
    get message() {
      return latest();
    },
    raise(cause, message) {
      change(() => {
        messages.delete(cause);
        messages.set(cause, message);
      });
    },
    clear(cause) {
      change(() => messages.delete(cause));
    },
  };
}
