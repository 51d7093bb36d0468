import * as vscode from 'vscode';
import type { SessionsView } from '../views/sessions.ts';
import type { Grouping } from '../views/sessionGroups.ts';

const { t } = vscode.l10n;

/** *Group By…* */
export function groupBy(view: SessionsView): () => Promise<void> {
  return async () => {
    const choices: readonly { readonly label: string; readonly icon: string; readonly grouping: Grouping }[] = [
      { label: t('Day'), icon: 'calendar', grouping: 'day' },
      { label: t('Workspace'), icon: 'folder', grouping: 'workspace' },
      { label: t('Tool'), icon: 'tools', grouping: 'tool' },
      { label: t('Tag'), icon: 'tag', grouping: 'tag' },
    ];
    const items = choices.map(({ label, icon, grouping }) => ({
      label, grouping, iconPath: new vscode.ThemeIcon(icon), ...(grouping === view.grouping && { description: t('now') }),
    }));
    const chosen = await vscode.window.showQuickPick(items, { title: t('Group Sessions'), placeHolder: t('By what?'), ignoreFocusOut: true });
    if (chosen) view.groupBy(chosen.grouping);
  };
}

/** *Filter…*: while typing; Escape leaves what was before. */
export function filterSessions(view: SessionsView): () => void {
  return () => {
    const before = view.filter;
    const input = vscode.window.createInputBox();
    input.title = t('Filter Sessions');
    input.placeholder = t('Words in the title, the folder, the tool or the tags');
    input.value = before;
    input.ignoreFocusOut = true;
    let isAccepted = false;
    input.onDidChangeValue((value) => view.filterBy(value));
    input.onDidAccept(() => {
      isAccepted = true;
      input.hide();
    });
    input.onDidHide(() => {
      if (!isAccepted) view.filterBy(before);
      input.dispose();
    });
    input.show();
  };
}
