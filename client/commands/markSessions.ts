import * as vscode from 'vscode';
import { marksProblem, type SessionMarks } from '../../shared/marks.ts';
import type { SessionsParams } from '../../shared/protocol.ts';
import type { SessionSummary } from '../../shared/results.ts';
import type { Deletions } from '../deletions.ts';
import type { Server } from '../server.ts';
import { plainLabel } from '../text/label.ts';
import { counted } from '../text/translate.ts';
import { changedTags } from '../views/tags.ts';
import { chosenSession, idsOfNodes } from './chosenSession.ts';

const { t } = vscode.l10n;

type Run = (argument?: unknown, selected?: unknown) => Promise<void>;

/** Sessions that a command of the tree is about: all that are selected, else the one that was clicked, else the one that is chosen now. */
export async function sessionsOf(server: Server, argument: unknown, selected: unknown, only?: SessionsParams['only']): Promise<string[]> {
  const ids = idsOfNodes(argument, selected);
  if (ids.length > 0) return ids;
  const id = await chosenSession(server, argument, only);
  return id === undefined ? [] : [id];
}

/** *Pin* and *Unpin*. */
export function pin(server: Server, pinned: boolean): Run {
  return async (argument, selected) => {
    const sessions = await sessionsOf(server, argument, selected, pinned ? undefined : 'pinned');
    if (sessions.length > 0) await server.request('daybook/mark', { sessions, pinned });
  };
}

/** *Hide* and *Show Again*: hiding says so once, and can be undone there. What was deleted is so no more: its last word is this one. */
export function hide(server: Server, deletions: Pick<Deletions, 'takeBack'>, hidden: boolean): Run {
  return async (argument, selected) => {
    const sessions = await sessionsOf(server, argument, selected, hidden ? undefined : 'hidden');
    if (sessions.length === 0) return;
    await deletions.takeBack(sessions);
    await server.request('daybook/mark', { sessions, hidden });
    if (!hidden) return;
    const undo = t('Undo');
    const message = counted(t, sessions.length, 'One session is hidden. Search still finds it.', '{0} sessions are hidden. Search still finds them.');
    if ((await vscode.window.showInformationMessage(message, undo)) === undo) await server.request('daybook/mark', { sessions, hidden: false });
  };
}

/** *Rename…*: an empty name gives the tool's own back. */
export function rename(server: Server): Run {
  return async (argument) => {
    const id = await chosenSession(server, argument);
    const session = id === undefined ? undefined : (await server.request('daybook/session', { id }))?.session;
    if (!session) return;
    const title = await vscode.window.showInputBox({
      title: t('Rename Session'), ignoreFocusOut: true, value: session.title, valueSelection: [0, session.title.length],
      prompt: t('Leave it empty for the title that the tool gave: {0}', plainLabel(session.ownTitle ?? session.title, 100)),
      validateInput: (text) => (text.trim() === '' ? undefined : marksProblem({ title: text })),
    });
    if (title === undefined || title === session.title) return;
    await server.request('daybook/mark', { sessions: [session.id], title: title.trim() === '' ? null : title.trim() });
  };
}

/** *Tags…*: those there are to choose from, and new ones. Of several sessions what all have is shown, and each keeps what else it has. */
export function tag(server: Server): Run {
  return async (argument, selected) => {
    const ids = await sessionsOf(server, argument, selected);
    if (ids.length === 0) return;
    const { sessions } = await server.request('daybook/sessions', { limit: 1_000 });
    const tags = await Promise.all(ids.map((id) => tagsOf(server, id, sessions)));
    const common = (tags[0] ?? []).filter((each) => tags.every((those) => those.includes(each)));
    const chosen = await chooseTags(sessions, common);
    if (!chosen) return;
    const wanted = ids.map((id, at) => ({ id, tags: changedTags(tags[at] ?? [], common, chosen) }));
    for (const those of Map.groupBy(wanted, (each) => JSON.stringify(each.tags)).values()) {
      await server.request('daybook/mark', { sessions: those.map(({ id }) => id), tags: those[0]?.tags ?? [] });
    }
  };
}

async function tagsOf(server: Server, id: string, sessions: readonly SessionSummary[]): Promise<readonly string[]> {
  const known = sessions.find((each) => each.id === id) ?? (await server.request('daybook/session', { id }))?.session;
  return known?.tags ?? [];
}

/** Undefined when the person thought better of it. What is typed is offered as a new tag. */
function chooseTags(sessions: readonly SessionSummary[], current: readonly string[]): Promise<NonNullable<SessionMarks['tags']> | undefined> {
  const known = [...new Set([...current, ...sessions.flatMap(({ tags = [] }) => tags)])].sort((a, b) => a.localeCompare(b));
  const pick = vscode.window.createQuickPick();
  pick.title = t('Tags');
  pick.ignoreFocusOut = true; // a menu that closes late must not take it away
  pick.placeholder = t('Choose tags, or type a new one');
  pick.canSelectMany = true;
  pick.items = known.map((label) => ({ label }));
  pick.selectedItems = pick.items.filter(({ label }) => current.includes(label));
  pick.onDidChangeValue((value) => {
    const typed = value.trim();
    const isNew = typed !== '' && !known.includes(typed) && marksProblem({ tags: [typed] }) === undefined;
    const before = pick.selectedItems.map(({ label }) => label);
    const made = [...known, ...before.filter((label) => !known.includes(label) && label !== typed)];
    pick.items = [...(isNew ? [{ label: typed, description: t('new tag') }] : []), ...made.map((label) => ({ label }))];
    pick.selectedItems = pick.items.filter(({ label }) => before.includes(label));
  });
  return new Promise((resolve) => {
    pick.onDidAccept(() => {
      resolve(pick.selectedItems.map(({ label }) => label));
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}
