/** Lines of *Today* for what happens in an editor beside typing. */

import { plainLabel } from '../text/label.ts';
import { duration } from '../text/time.ts';
import { counted } from '../text/translate.ts';
import type { Translate } from '../text/translate.ts';

type Fields = Readonly<Record<string, unknown>>;
interface Line {
  readonly label: string;
  readonly icon: string;
  /** Whether a click opens the file of the record. */
  readonly file?: boolean;
}
/** @param subject of the record, or the best word for it */
type Describe = (t: Translate, fields: Fields, subject: string) => Line;

export const activityLines: Readonly<Record<string, Describe>> = {
  run: (t, fields, subject) => ({ label: ended(t, fields['status'] === 'running' ? t('Started task {0}', subject) : t('Task {0}', subject), fields), icon: fields['status'] === 'failed' ? 'error' : 'checklist' }),
  'debug.started': (t, _, subject) => ({ label: t('Debugging {0}', subject), icon: 'debug-start' }),
  'debug.exception': (t, fields, subject) => ({ label: t('Exception in {0}: {1}', subject, text(fields['text']) || text(fields['description'])), icon: 'debug-breakpoint' }),
  'debug.stopped': (t, fields, subject) => ({ label: ended(t, t('Debugged {0}', subject), fields), icon: 'debug-stop' }),
  'git.commit': (t, fields, subject) => ({ label: t('Committed {0}', subject) + files(t, fields), icon: 'git-commit' }),
  'git.checkout': (t, fields, subject) => ({ label: t('Checked out {0}', text(fields['to']) || subject) + files(t, fields), icon: 'git-branch' }),
  'git.merge': (t, fields, subject) => ({ label: t('Merged: {0}', subject) + files(t, fields), icon: 'git-merge' }),
  'git.rebase': (t, fields, subject) => ({ label: t('Rebased: {0}', subject) + files(t, fields), icon: 'git-pull-request' }),
  'git.reset': (t, fields, subject) => ({ label: t('Reset: {0}', text(fields['message']) || subject), icon: 'discard' }),
  'git.moved': (t, fields, subject) => ({ label: t('Git: {0}', text(fields['message']) || subject), icon: 'git-commit' }),
  'git.stash': (t, fields, subject) => ({ label: fields['action'] === 'removed' ? t('Took a stash away') : t('Stashed {0}', subject), icon: 'archive' }),
  'git.branch': (t, fields, subject) => ({ label: fields['action'] === 'deleted' ? t('Deleted branch {0}', subject) : t('New branch {0}', subject), icon: 'git-branch' }),
  'diagnostics.changed': (t, fields, subject) => ({ label: problems(t, fields, subject), icon: 'warning', file: true }),
  'file.changed': (t, _, subject) => ({ label: t('Changed outside the editor: {0}', subject), icon: 'file', file: true }),
  'files.changed': (t, fields) => ({ label: t('{0} files changed outside the editor', whole(fields['count'])), icon: 'files' }),
  'window.focused': (t) => ({ label: t('Came to this window'), icon: 'window' }),
  'window.unfocused': (t) => ({ label: t('Left this window'), icon: 'window' }),
  'window.active': (t) => ({ label: t('Active again'), icon: 'play' }),
  'window.idle': (t) => ({ label: t('Idle'), icon: 'coffee' }),
  'test.run': (t, fields) => ({ label: testRun(t, fields), icon: fields['status'] === 'failed' ? 'error' : 'beaker' }),
  'test.coverage': (t, fields, subject) => ({ label: t('Covered by tests: {0}', subject || text(fields['report'])), icon: 'beaker' }),
  'notebook.cell': (t, fields, subject) => ({ label: ended(t, t('Ran cell {0} of {1}', whole(fields['index']), subject), fields), icon: fields['status'] === 'failed' ? 'error' : 'notebook' }),
  'session.marked': (t, fields) => marked(t, fields),
  'extension.installed': (t, fields, subject) => ({ label: t('Installed extension {0} {1}', subject, text(fields['version'])), icon: 'extensions' }),
  'extension.removed': (t, _, subject) => ({ label: t('Removed extension {0}', subject), icon: 'extensions' }),
  'extension.updated': (t, fields, subject) => ({ label: t('Updated extension {0} to {1}', subject, text(fields['version'])), icon: 'extensions' }),
};

/** What a person said of a session. */
function marked(t: Translate, { pinned, hidden, title, tags }: Fields): Line {
  if (pinned !== undefined) return { label: pinned === true ? t('Pinned a session') : t('Unpinned a session'), icon: 'pin' };
  if (hidden !== undefined) return { label: hidden === true ? t('Hid a session') : t('Showed a session again'), icon: 'eye' };
  if (Array.isArray(tags)) return { label: t('Tagged a session: {0}', tags.map(text).join(', ') || t('no tags')), icon: 'tag' };
  return { label: title === null ? t('Gave a session its own title back') : t('Renamed a session: {0}', text(title)), icon: 'edit' };
}

/** `Task npm: test · exit 1 · 3.2 s` */
function ended(t: Translate, what: string, { exitCode, durationMs }: Fields): string {
  const parts = [
    what,
    typeof exitCode === 'number' && exitCode !== 0 ? t('exit {0}', exitCode) : '',
    typeof durationMs === 'number' ? duration(t, durationMs) : '',
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

/** `Tests: 12 passed, 1 failed · mocha · 340 ms` */
function testRun(t: Translate, fields: Fields): string {
  const counts: readonly (readonly [string, string])[] = [
    ['failed', t('{0} failed', whole(fields['failed']))], ['skipped', t('{0} skipped', whole(fields['skipped']))],
    ['errors', counted(t, whole(fields['errors']), '1 error', '{0} errors')],
  ];
  const said = [t('{0} passed', whole(fields['passed'])), ...counts.filter(([name]) => whole(fields[name]) > 0).map(([, words]) => words)];
  const took = typeof fields['durationMs'] === 'number' ? duration(t, fields['durationMs']) : '';
  return [t('Tests: {0}', said.join(', ')), text(fields['runner']), took].filter((part) => part !== '').join(' · ');
}

/** ` · 3 files`, where their number is known. */
function files(t: Translate, fields: Fields): string {
  const count = inner(fields['files'])['count'];
  return typeof count === 'number' ? ` · ${counted(t, count, '1 file', '{0} files')}` : '';
}

function problems(t: Translate, fields: Fields, subject: string): string {
  const counts = inner(fields['counts']);
  const where = typeof fields['files'] === 'number' ? counted(t, fields['files'], '1 file', '{0} files') : subject;
  const errors = counted(t, whole(counts['errors']), '1 error', '{0} errors');
  return plainLabel(t('Problems in {0}: {1}, {2}', where, errors, counted(t, whole(counts['warnings']), '1 warning', '{0} warnings')));
}

function text(value: unknown): string {
  return typeof value === 'string' ? plainLabel(value, 120) : '';
}

function whole(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

function inner(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}
