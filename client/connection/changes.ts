/** What is typed in a short time is sent together: the server needs the text, not each key, and the extension host has better things to do. */

/** What VS Code says when a document changes, as far as it matters here. */
interface ChangeEvent<Document, Change> {
  readonly document: Document;
  readonly contentChanges: readonly Change[];
}

export interface Changes<Document, Event extends ChangeEvent<Document, unknown>> {
  /**
   * Takes a change to be sent soon. LSP applies the changes of one message one after the other, as they were made.
   * @param send sends what was typed until then; asked of the last change, which knows the version
   */
  add(event: Event, send: (event: Event) => Promise<void>): Promise<void>;
  /** Sends what waits, of one document or of all. Called before anything else is said of a document. */
  flush(document?: Document): Promise<void>;
}

interface Waiting<Event> {
  readonly events: Event[];
  readonly timer: ReturnType<typeof setTimeout>;
  send: (event: Event) => Promise<void>;
}

/**
 * @param quietMs how long after the first change they are sent
 * @param onTrouble told what could not be sent
 */
export function createChanges<Document, Event extends ChangeEvent<Document, unknown>>(
  quietMs: number,
  onTrouble: (error: unknown) => void,
): Changes<Document, Event> {
  const waiting = new Map<Document, Waiting<Event>>();

  async function sendNow(document: Document): Promise<void> {
    const those = waiting.get(document);
    const last = those?.events.at(-1);
    if (!those || !last) return;
    waiting.delete(document);
    clearTimeout(those.timer);
    await those.send({ ...last, document, contentChanges: those.events.flatMap(({ contentChanges }) => contentChanges) });
  }

  return {
    add(event, send) {
      const those = waiting.get(event.document);
      if (those) {
        those.events.push(event);
        those.send = send;
      } else {
        const timer = setTimeout(() => void sendNow(event.document).catch(onTrouble), quietMs);
        waiting.set(event.document, { events: [event], timer, send });
      }
      return Promise.resolve();
    },
    async flush(document) {
      await Promise.all([...(document === undefined ? waiting.keys() : [document])].map(sendNow));
    },
  };
}
