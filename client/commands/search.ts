import * as vscode from 'vscode';
import { sentence } from '../../shared/problem.ts';
import type { SearchHit, SearchResult } from '../../shared/results.ts';
import type { Open } from '../panels/open.ts';
import { hitLine, passageOf } from '../search/hit.ts';
import { createLatest } from '../search/latest.ts';
import type { Server } from '../server.ts';
import { pickLabel } from '../text/label.ts';
import { counted } from '../text/translate.ts';

interface HitItem extends vscode.QuickPickItem {
  /** Absent where the line only says something. */
  readonly hit?: SearchHit;
}

const quietMs = 120;
const mostShown = 50;
const { t } = vscode.l10n;

/** *Search*: results while typing; Enter opens the session at the passage, or the record where there is no session. */
export function search(server: Server, open: Open, failed: (error: unknown) => void): () => void {
  return () => {
    const pick = vscode.window.createQuickPick<HitItem>();
    pick.placeholder = t('Search what was asked, answered, typed and run');
    const latest = createLatest<string, SearchResult>({
      quietMs,
      fetch: (query, signal) => withToken(signal, (token) => server.request('daybook/search', { query, limit: mostShown, typing: true }, token)),
      answered(result) {
        pick.busy = false;
        pick.title = result.total > 0 ? counted(t, result.total, '1 result', '{0} results') : undefined;
        pick.items = result.results.length > 0 ? result.results.map(hitItem) : [nothingFound(result.query)];
      },
      failed(error) {
        pick.busy = false;
        pick.items = [wordsItem(t('Daybook could not search'), pickLabel(sentence(error)))];
      },
    });
    pick.onDidChangeValue((value) => {
      pick.busy = value.trim() !== '';
      if (pick.busy) return latest.ask(value);
      latest.dispose();
      pick.items = [];
      pick.title = undefined;
    });
    pick.onDidAccept(() => {
      const hit = pick.selectedItems[0]?.hit;
      if (!hit) return;
      pick.hide();
      openHit(open, hit).catch(failed);
    });
    pick.onDidHide(() => {
      latest.dispose();
      pick.dispose();
    });
    pick.show();
  };
}

function openHit(open: Open, hit: SearchHit): Promise<void> {
  return hit.sessionId === null ? open.record(hit.id) : open.session(hit.sessionId, passageOf(hit.snippet));
}

function hitItem(hit: SearchHit): HitItem {
  const { label, description, icon } = hitLine(t, hit, new Date());
  // The server has chosen already; `alwaysShow` keeps VS Code from choosing again by its own rules.
  return { label, description, iconPath: new vscode.ThemeIcon(icon), alwaysShow: true, hit };
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
