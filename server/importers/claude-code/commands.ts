/** Slash commands. A file has the command, not whether it went to the model. */

/**
 * Commands that the tool carries out by itself: the model is not asked, so they open no turn. Everything else (`/init`, `/review`,
 * skills, a person's own commands, prompts of MCP servers) expands into a request and is what the person asked.
 * Collected from published command references of releases 1.0 to 2.1, aliases included; a name that is not here counts as a request.
 */
const localCommands: ReadonlySet<string> = new Set([
  'add-dir', 'agents', 'allowed-tools', 'app', 'bashes', 'branch', 'bug', 'checkpoint', 'chrome', 'clear', 'color', 'compact', 'config',
  'context', 'continue', 'copy', 'cost', 'desktop', 'diff', 'doctor', 'effort', 'exit', 'export', 'extra-usage', 'fast', 'feedback',
  'focus', 'fork', 'heapdump', 'help', 'hooks', 'ide', 'install-github-app', 'install-slack-app', 'keybindings', 'login', 'logout',
  'mcp', 'memory', 'migrate-installer', 'mobile', 'model', 'new', 'output-style', 'passes', 'permissions', 'plugin', 'plugins',
  'privacy-settings', 'quit', 'rc', 'recap', 'release-notes', 'reload-plugins', 'remote-control', 'remote-env', 'rename', 'reset',
  'resume', 'rewind', 'sandbox', 'settings', 'skills', 'stats', 'status', 'stickers', 'tasks', 'teleport', 'terminal-setup', 'theme',
  'todos', 'tui', 'undo', 'upgrade', 'usage', 'vim', 'voice', 'web-setup',
]);

interface SlashCommand {
  /** As typed: `/init`, `/review 12`. */
  readonly text: string;
  /** Whether the tool carries it out without asking the model. */
  readonly local: boolean;
}

/** The slash command that a user text stands for; undefined for every other text. */
export function slashCommand(text: string): SlashCommand | undefined {
  if (!/^\s*<command-(?:name|message)>/.test(text)) return undefined;
  const name = element(text, 'command-name')?.replace(/^\//, '');
  if (!name) return undefined;
  const args = element(text, 'command-args') ?? '';
  return { text: args === '' ? `/${name}` : `/${name} ${args}`, local: localCommands.has(name) };
}

function element(text: string, name: string): string | undefined {
  const start = text.indexOf(`<${name}>`);
  const end = text.lastIndexOf(`</${name}>`);
  return start === -1 || end < start ? undefined : text.slice(start + name.length + 2, end).trim();
}
