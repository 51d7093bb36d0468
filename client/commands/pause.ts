import type { Server } from '../server.ts';
import type { StatusWatch } from '../status.ts';

/** *Pause Recording*: in this window, until it is resumed or the window is opened anew. */
export function pause(server: Server, status: StatusWatch): () => Promise<void> {
  return async () => status.update(await server.request('daybook/setRecording', { recording: false }));
}
