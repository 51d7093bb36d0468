import type { Server } from '../server.ts';
import type { StatusWatch } from '../status.ts';

/** *Resume Recording*: in this window. */
export function resume(server: Server, status: StatusWatch): () => Promise<void> {
  return async () => status.update(await server.request('daybook/setRecording', { recording: true }));
}
