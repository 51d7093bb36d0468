import type { Open } from '../panels/open.ts';
import type { Server } from '../server.ts';
import { chosenSession } from './chosenSession.ts';

/** *Open Session*: as a rendered page. */
export function openSession(server: Server, open: Open): (argument?: unknown) => Promise<void> {
  return async (argument) => {
    const id = await chosenSession(server, argument);
    if (id !== undefined) await open.session(id);
  };
}
