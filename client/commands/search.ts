import * as vscode from 'vscode';
import { sentence } from '../../shared/problem.ts';
import type { SearchCompletions, SearchHit, SearchMistake, SearchResult } from '../../shared/results.ts';
import type { Open } from '../panels/open.ts';
import { firstLines } from '../search/first.ts';
import { passageOf } from '../search/hit.ts';
import { createLatest } from '../search/latest.ts';
import { mistakeLine } from '../search/mistake.ts';
import { completionLines, resultLines, type ResultLine } from '../search/results.ts';
import type { Server } from '../server.ts';
import { pickLabel } from '../text/label.ts';
import { counted } from '../text/translate.ts';

interface HitItem extends vscode.QuickPickItem {
  /** Absent where the line only says something. */
  readonly hit?: SearchHit;
  /** What to search for instead. */
  readonly corrected?: string;
}

interface Answer {
  readonly found: SearchResult;
  readonly completions: SearchCompletions;
}

/** A pick that keeps the order it is given, and so the heads of sessions: VS Code has had it for years and does not declare it. */
type OrderedPick = vscode.QuickPick<HitItem> & { sortByLabel?: boolean };

const mostShown = 50;
const { t } = vscode.l10n;

/** *Search*: results while typing, of what is given or typed; Enter opens the session at the passage, or the record where there is no session. */
export function search(server: Server, open: Open, failed: (error: unknown) => void): (query?: unknown) => void {
  return (query) => {
    const pick: OrderedPick = vscode.window.createQuickPick<HitItem>();
    pick.sortByLabel = false;
    pick.placeholder = t('Search what was asked, answered, typed and run, with file: is:error during:today');
    const cannot = (error: unknown): void => {
      pick.busy = false;
      pick.items = [wordsItem(t('Daybook could not search'), pickLabel(sentence(error)))];
    };
    const latest = createLatest<string, Answer>({
      fetch: (query, signal) => withToken(signal, (token) => ask(server, query, token)),
      answered({ found, completions }) {
        pick.busy = false;
        pick.title = titleOf(found);
        const hits = resultLines(found, { t, now: new Date() }).map(lineItem);
        const mistakes = (found.mistakes ?? []).map((mistake) => mistakeItem(found.query, mistake));
        const offered = completionLines(completions).map(lineItem);
        const isNothing = hits.length === 0 && offered.length === 0 && found.query.trim() !== '';
        pick.items = [...mistakes, ...offered, ...hits, ...(isNothing ? [nothingFound(found.query)] : [])];
        // Enter opens what was found, whatever stands above it.
        const best = hits.find(({ hit }) => hit);
        if (best && mistakes.length + offered.length > 0) pick.activeItems = [best];
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
    pick.show();
    const asked = typeof query === 'string' ? query : '';
    pick.value = asked;
    changed(asked);
  };
}

async function ask(server: Server, query: string, token: vscode.CancellationToken): Promise<Answer> {
  const [found, completions] = await Promise.all([
    server.request('daybook/search', { query, limit: mostShown, typing: true, grouped: true }, token), server.request('daybook/searchComplete', { query }, token),
  ]);
  return { found, completions };
}

/** How many there are, as far as they were counted. */
function titleOf({ total, more }: SearchResult): string | undefined {
  if (total === 0) return undefined;
  return more ? counted(t, total, '1 result and more', '{0} results and more') : counted(t, total, '1 result', '{0} results');
}

function openHit(open: Open, hit: SearchHit): Promise<void> {
  return hit.sessionId === null ? open.record(hit.id) : open.session(hit.sessionId, passageOf(hit.snippet), hit.id);
}

function lineItem(line: ResultLine): HitItem {
  // The server has chosen already; `alwaysShow` keeps VS Code from choosing again by its own rules.
  if (line.type === 'session') return { label: line.label, kind: vscode.QuickPickItemKind.Separator };
  if (line.type === 'write') return { label: line.label, description: line.description, iconPath: new vscode.ThemeIcon(line.icon), alwaysShow: true, corrected: line.corrected };
  const { label, description, icon } = line.line;
  return { label, description, iconPath: new vscode.ThemeIcon(icon), alwaysShow: true, hit: line.hit, ...(line.detail !== undefined && { detail: line.detail }) };
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
