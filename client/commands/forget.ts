import * as vscode from 'vscode';
import type { ForgetSelection } from '../../shared/protocol.ts';
import type { ForgetPreview } from '../../shared/results.ts';
import { size } from '../../shared/size.ts';
import { exportsDone, exportsFound } from '../export/heldText.ts';
import type { Server } from '../server.ts';
import { plainLabel } from '../text/label.ts';
import { fullTime } from '../text/time.ts';
import { counted } from '../text/translate.ts';
import { idsOfNodes } from './chosenSession.ts';

const { t } = vscode.l10n;
/** Sessions that are named before they go; of more the number is enough. */
const mostNamed = 5;

/** *Forget…*: what, what that is, a last question; then it is gone from the disk. From a session's menu the first question is answered. */
export function forget(server: Server): (argument?: unknown, selected?: unknown) => Promise<void> {
  return async (argument, selected) => {
    const sessions = idsOfNodes(argument, selected);
    const selection = givenIds(argument) ?? (sessions.length > 0 ? { sessions } : await chooseSelection(server));
    if (selection) await forgetSelection(server, selection);
  };
}

/** Says what would go, asks, and takes it out. */
export async function forgetSelection(server: Server, selection: ForgetSelection): Promise<void> {
  const preview = await server.request('daybook/forgetPreview', selection);
  if (preview.records === 0) {
    void vscode.window.showInformationMessage(t('Daybook has nothing of it.'));
    return;
  }
  const [go, deleting] = [t('Forget'), t('Forget, and Delete Exported Documents')];
  const question = t('Forget {0}?', counted(t, preview.records, '1 record', '{0} records'));
  const chosen = await vscode.window.showWarningMessage(question, { modal: true, detail: detail(preview) }, go, ...(preview.exports.documents.length > 0 ? [deleting] : []));
  if (chosen === undefined) return;
  const receipt = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: t('Forgetting, and making the index again') }, () => server.request('daybook/forget', { ...selection, ...(chosen === deleting && { exports: 'delete' }) }),
  );
  const left = receipt.unreadable.length > 0 ? ` ${t('Damaged files that nobody can look into are still there: {0}', receipt.unreadable.join(', '))}` : '';
  const said = t('Gone: {0}, {1} of the journal.', counted(t, receipt.records, '1 line', '{0} lines'), size(receipt.bytes)) + left;
  const message = [said, ...exportsDone(t, receipt.exports)].join(' ');
  const needsLook = receipt.exports.left.length + receipt.exports.outOfReach.length > 0;
  void (needsLook ? vscode.window.showWarningMessage(message) : vscode.window.showInformationMessage(message));
}

/** The ids of records, where the command is called with them. */
function givenIds(argument: unknown): ForgetSelection | undefined {
  if (typeof argument !== 'object' || argument === null || !('ids' in argument) || !Array.isArray(argument.ids)) return undefined;
  return { ids: argument.ids.filter((id) => typeof id === 'string') };
}

function detail({ sessions, parts, first, last, exports }: ForgetPreview): string {
  const named = sessions.slice(0, mostNamed).map(({ title }) => `“${plainLabel(title, 80)}”`);
  return [
    sessions.length === 0 ? '' : t('Whole sessions, refused from then on: {0}', [...named, ...(sessions.length > mostNamed ? [t('and {0} more', sessions.length - mostNamed)] : [])].join(', ')),
    parts === 0 ? '' : counted(t, parts, 'Parts of one more session, which goes on.', 'Parts of {0} more sessions, which go on.'),
    first === null || last === null ? '' : t('From {0} to {1}.', fullTime(first, vscode.env.language), fullTime(last, vscode.env.language)),
    ...exportsFound(t, exports),
    t('Nobody can bring it back. What the tools keep themselves, and exports that Daybook does not know of, stay.'),
  ].filter((line) => line !== '').join('\n\n');
}

interface Choice extends vscode.QuickPickItem {
  readonly choose: () => ForgetSelection | Promise<ForgetSelection | undefined>;
}

/** Undefined when the person thought better of it. */
async function chooseSelection(server: Server): Promise<ForgetSelection | undefined> {
  const minutes = (count: number): ForgetSelection => ({ since: new Date(Date.now() - count * 60_000).toISOString() });
  const choices: Choice[] = [
    { label: t('The last 15 minutes'), iconPath: new vscode.ThemeIcon('history'), choose: () => minutes(15) },
    { label: t('The last hour'), iconPath: new vscode.ThemeIcon('history'), choose: () => minutes(60) },
    { label: t('Today'), iconPath: new vscode.ThemeIcon('calendar'), choose: () => ({ since: new Date(new Date().setHours(0, 0, 0, 0)).toISOString() }) },
    { label: t('Sessions…'), iconPath: new vscode.ThemeIcon('comment-discussion'), choose: () => chooseSessions(server) },
    { label: t('What a search finds…'), iconPath: new vscode.ThemeIcon('search'), choose: chooseQuery },
  ];
  return (await vscode.window.showQuickPick(choices, { title: t('Forget'), ignoreFocusOut: true, placeHolder: t('What should be forgotten?') }))?.choose();
}

async function chooseSessions(server: Server): Promise<ForgetSelection | undefined> {
  const items = server.request('daybook/sessions', { limit: 500 }).then(({ sessions }) =>
    sessions.map(({ id, title, endedAt }) => ({ label: plainLabel(title, 100), description: fullTime(endedAt, vscode.env.language), id })));
  const chosen = await vscode.window.showQuickPick(items, { title: t('Forget'), ignoreFocusOut: true, placeHolder: t('Which sessions?'), canPickMany: true });
  return chosen && chosen.length > 0 ? { sessions: chosen.map(({ id }) => id) } : undefined;
}

async function chooseQuery(): Promise<ForgetSelection | undefined> {
  const query = await vscode.window.showInputBox({
    title: t('Forget'), ignoreFocusOut: true, prompt: t('As in Search: words, "phrases", filters such as file: and during:yesterday'),
    validateInput: (text) => (text.trim() === '' ? t('What should be looked for?') : undefined),
  });
  return query === undefined ? undefined : { query };
}
