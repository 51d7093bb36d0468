import * as vscode from 'vscode';
import type { Setting } from '../../shared/webview.ts';

/** The texts of a page in the person's language. */
export function settingOf(texts: readonly string[]): Setting {
  return { language: vscode.env.language, texts: Object.fromEntries(texts.map((text) => [text, vscode.l10n.t(text)])) };
}
