import type * as vscode from 'vscode';
import { sentence } from '../shared/problem.ts';
import type { DaybookRecord } from '../shared/record.ts';
import type { Server } from './server.ts';

/** Records told of at one time. Of more, the newest are. */
const mostAtOnce = 200;

/**
 * Fires for each record of this day that is new in the store, whoever put it there, oldest first. While nobody listens nothing is asked.
 * Disposing the subscription ends it.
 */
export function createLiveRecords(server: Server, log: vscode.LogOutputChannel): vscode.Event<DaybookRecord> {
  return (listener, thisArgument, disposables) => {
    let known: ReadonlySet<string> | undefined;
    let turn: Promise<void> = Promise.resolve();

    async function look(): Promise<void> {
      const { records } = await server.request('daybook/today', { limit: mostAtOnce });
      const fresh = known ? records.filter(({ id }) => !known?.has(id)) : [];
      known = new Set(records.map(({ id }) => id));
      for (const record of fresh.reverse()) listener.call(thisArgument, record);
    }

    const next = (): void => {
      turn = turn.then(look).catch((error: unknown) => log.warn(`A listener was not told of new records. ${sentence(error)}`));
    };
    next();
    const subscription = server.on('daybook/changed', ({ records }) => records && next());
    disposables?.push(subscription);
    return subscription;
  };
}
