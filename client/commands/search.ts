import * as vscode from 'vscode';
import { sentence } from '../../shared/problem.ts';
import type { SearchHit, SearchMistake, SearchResult } from '../../shared/results.ts';
import type { Open } from '../panels/open.ts';
import { firstLines } from '../search/first.ts';
import { hitLine, passageOf } from '../search/hit.ts';
import { createLatest } from '../search/latest.ts';
import { mistakeLine } from '../search/mistake.ts';
import type { Server } from '../server.ts';
import { pickLabel } from '../text/label.ts';
import { counted } from '../text/translate.ts';

interface HitItem extends vscode.QuickPickItem {
  /** Absent where the line only says something. */
  readonly hit?: SearchHit;
  /** What to search for instead. */
  readonly corrected?: string;
}

const quietMs = 120;
const mostShown = 50;
const { t } = vscode.l10n;

/** *Search*: results while typing, of what it is called with first; Enter opens the session at the passage, or the record where there is no session. */
export function search(server: Server, open: Open, failed: (error: unknown) => void): (argument?: unknown) => void {
  return (argument) => {
    const pick = vscode.window.createQuickPick<HitItem>();
    pick.placeholder = t('Search what was asked, answered, typed and run; narrow it with source: file: is:error during:yesterday');
    const cannot = (error: unknown): void => {
      pick.busy = false;
      pick.items = [wordsItem(t('Daybook could not search'), pickLabel(sentence(error)))];
    };
    const latest = createLatest<string, SearchResult>({
      quietMs,
      fetch: (query, signal) => withToken(signal, (token) => server.request('daybook/search', { query, limit: mostShown, typing: true }, token)),
      answered(result) {
        pick.busy = false;
        pick.title = result.total > 0 ? counted(t, result.total, '1 result', '{0} results') : undefined;
        const hits = result.results.length > 0 ? result.results.map(hitItem) : [nothingFound(result.query)];
        pick.items = [...(result.mistakes ?? []).map((mistake) => mistakeItem(result.query, mistake)), ...hits];
        // Enter opens what was found, mistake or not.
        if (result.mistakes && result.results.length > 0) pick.activeItems = hits.slice(0, 1);
      },
      failed: cannot,
    });
    const changed = (value: string): void => {
      pick.busy = value.trim() !== '';
      if (pick.busy) return latest.ask(value);
      latest.dispose();
      pick.items = [];
      pick.title = undefined;
      suggest().catch(cannot);
    };
    async function suggest(): Promise<void> {
      const suggestion = await server.request('daybook/firstSearch', {});
      if (pick.value === '') pick.items = firstLines(t, suggestion).map((line) => ({ ...line, iconPath: new vscode.ThemeIcon('lightbulb'), alwaysShow: true }));
    }
    pick.onDidChangeValue(changed);
    pick.onDidAccept(() => {
      const { hit, corrected } = pick.selectedItems[0] ?? {};
      if (corrected !== undefined) {
        pick.value = corrected;
        changed(corrected);
      }
      if (!hit) return;
      pick.hide();
      openHit(open, hit).catch(failed);
    });
    pick.onDidHide(() => {
      latest.dispose();
      pick.dispose();
    });
    if (typeof argument === 'string') pick.value = argument;
    changed(pick.value);
    pick.show();
  };
}

function openHit(open: Open, hit: SearchHit): Promise<void> {
  return hit.sessionId === null ? open.record(hit.id) : open.session(hit.sessionId, passageOf(hit.snippet), hit.id);
}

function hitItem(hit: SearchHit): HitItem {
  const { label, description, icon } = hitLine(t, hit, new Date());
  // The server has chosen already; `alwaysShow` keeps VS Code from choosing again by its own rules.
  return { label, description, iconPath: new vscode.ThemeIcon(icon), alwaysShow: true, hit };
}

function mistakeItem(query: string, mistake: SearchMistake): HitItem {
  return { ...mistakeLine(t, query, mistake), iconPath: new vscode.ThemeIcon('warning'), alwaysShow: true };
}

function nothingFound(query: string): HitItem {
  return wordsItem(t('Nothing found for "{0}"', pickLabel(query, 60)), t('Try fewer words or the beginning of one'));
}

function wordsItem(label: string, description: string): HitItem {
  return { label, description, alwaysShow: true };
}

/** Runs a request with a cancellation token that follows the signal. */
async function withToken<Answer>(signal: AbortSignal, request: (token: vscode.CancellationToken) => Promise<Answer>): Promise<Answer> {
  const source = new vscode.CancellationTokenSource();
  const cancel = (): void => source.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    return await request(source.token);
  } finally {
    signal.removeEventListener('abort', cancel);
    source.dispose();
  }
}
