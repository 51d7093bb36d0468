/** What people call a source, and its picture among VS Code's own icons. */

import { plainLabel } from './text/label.ts';

export interface SourceLook {
  readonly displayName: string;
  /** Id of a codicon. */
  readonly icon: string;
}

const looks: Readonly<Record<string, SourceLook>> = {
  'claude-code': { displayName: 'Claude Code', icon: 'sparkle' },
  'copilot-chat': { displayName: 'Copilot Chat', icon: 'comment-discussion' },
  codex: { displayName: 'Codex', icon: 'hubot' },
  'copilot-cli': { displayName: 'Copilot CLI', icon: 'terminal' },
  'gemini-cli': { displayName: 'Gemini CLI', icon: 'star-empty' },
  'qwen-code': { displayName: 'Qwen Code', icon: 'compass' },
  'kiro-cli': { displayName: 'Kiro', icon: 'lightbulb' },
  'roo-code': { displayName: 'Roo Code', icon: 'rocket' },
  aider: { displayName: 'Aider', icon: 'tools' },
  amp: { displayName: 'Amp', icon: 'zap' },
  cline: { displayName: 'Cline', icon: 'circuit-board' },
  continue: { displayName: 'Continue', icon: 'debug-continue' },
  cursor: { displayName: 'Cursor', icon: 'inspect' },
  opencode: { displayName: 'opencode', icon: 'code-oss' },
  lsp: { displayName: 'Editor', icon: 'code' },
  vscode: { displayName: 'VS Code', icon: 'code' },
  cli: { displayName: 'Command line', icon: 'terminal' },
};

/** The look of a source by its name; one that is not known is called by its name. */
export function sourceLook(source: string): SourceLook {
  return Object.hasOwn(looks, source) && looks[source] ? looks[source] : { displayName: plainLabel(source, 40), icon: 'comment' };
}

/** The look of a session: coding sessions have their own. */
export function sessionLook(session: { readonly kind: 'chat' | 'coding'; readonly source: string }): SourceLook {
  return session.kind === 'coding' ? { displayName: 'Coding', icon: 'code' } : sourceLook(session.source);
}
