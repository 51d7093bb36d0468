/** What must be ended when this process ends, whichever way it does: by itself, by Ctrl+C, by a signal. */

type Ending = () => Promise<void>;

const endings = new Set<Ending>();
const patienceMs = 20_000;

/** Remembers something to end; the answer forgets it again. */
export function atEnd(ending: Ending): () => void {
  if (endings.size === 0) listen();
  endings.add(ending);
  return () => endings.delete(ending);
}

/** Ends everything, the latest first; says what could not be ended. */
export async function endAll(): Promise<void> {
  for (const ending of [...endings].reverse()) {
    endings.delete(ending);
    await ending().catch((error: unknown) => console.error('Could not end something that was started:', error));
  }
}

let listening = false;

function listen(): void {
  if (listening) return;
  listening = true;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      setTimeout(() => process.exit(130), patienceMs).unref();
      void endAll().finally(() => process.exit(130));
    });
  }
}
