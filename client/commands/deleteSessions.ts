import * as vscode from 'vscode';
import type { Deletions } from '../deletions.ts';
import { createDeletions } from '../deletions.ts';
import { exportsDone } from '../export/heldText.ts';
import type { Server } from '../server.ts';
import { counted } from '../text/translate.ts';
import type { Memory } from '../views/dismissed.ts';
import { sessionsOf } from './markSessions.ts';

const { t } = vscode.l10n;
const mostAtOnce = 1_000;

/** Deleted sessions go while a window is open, and those of days without one as soon as the server runs. */
export function watchDeletions(server: Server, memory: Memory, log: vscode.LogOutputChannel): Deletions {
  const deletions = createDeletions({
    memory,
    now: Date.now,
    hidden: () => hiddenSessions(server),
    async forget(sessions) {
      // What may be touched without a question: documents stay, and are said.
      const { exports } = await server.request('daybook/forget', { sessions });
      const message = exportsDone(t, exports).join(' ');
      if (exports.left.length + exports.outOfReach.length > 0) void vscode.window.showWarningMessage(t('Deleted sessions are forgotten now. {0}', message));
    },
    failed: (error) => log.warn(`Deleted sessions could not be forgotten yet. ${String(error)}`),
  });
  const started = server.onDidChangeState((state) => state === 'running' && void deletions.carryOut());
  return {
    ...deletions,
    dispose() {
      started.dispose();
      deletions.dispose();
    },
  };
}

async function hiddenSessions(server: Server): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  for (let before: { endedAt: string; id: string } | undefined, isMore = true; isMore;) {
    const { sessions } = await server.request('daybook/sessions', { limit: mostAtOnce, only: 'hidden', ...(before && { before }) });
    for (const { id } of sessions) ids.add(id);
    const last = sessions.at(-1);
    before = last && { endedAt: last.endedAt, id: last.id };
    isMore = sessions.length === mostAtOnce;
  }
  return ids;
}

/** *Delete Session*: nobody is asked, for it can be undone for a day, here or with *Show Session Again*. */
export function deleteSessions(server: Server, deletions: Deletions): (argument?: unknown, selected?: unknown) => Promise<void> {
  return async (argument, selected) => {
    const sessions = await sessionsOf(server, argument, selected);
    if (sessions.length === 0) return;
    await server.request('daybook/mark', { sessions, hidden: true });
    await deletions.add(sessions);
    const undo = t('Undo');
    const message = counted(t, sessions.length, 'One session is deleted. It is hidden now and gone for good in a day.', '{0} sessions are deleted. They are hidden now and gone for good in a day.');
    if ((await vscode.window.showInformationMessage(message, undo)) !== undo) return;
    await deletions.takeBack(sessions);
    await server.request('daybook/mark', { sessions, hidden: false });
  };
}
