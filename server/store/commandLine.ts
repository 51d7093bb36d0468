/** The command line of a tool call, as figures name it: one line, the same for a terminal and for an agent's shell. */

/** Longer ones are cut: what they begin with says what they are. */
const longest = 200;

/** @param input arguments of a tool call; undefined when it runs no command line */
export function commandOf(input: unknown): string | undefined {
  if (typeof input !== 'object' || input === null) return undefined;
  const { command, cmd, ...others } = input as Readonly<Record<string, unknown>>;
  // Editors for agents call what they do a command, too.
  if ('path' in others || 'file_path' in others) return undefined;
  const line = command ?? cmd;
  if (typeof line === 'string') return commandLine(line);
  return Array.isArray(line) && line.every((word) => typeof word === 'string') ? commandLine(unwrapped(line)) : undefined;
}

/** One line without runs of white space; undefined when nothing is left. */
export function commandLine(text: string): string | undefined {
  const line = text.slice(0, longest * 4).replace(/\s+/g, ' ').trim();
  return line === '' ? undefined : Array.from(line).slice(0, longest).join('');
}

/** `["bash", "-lc", "npm test"]` runs `npm test`. */
function unwrapped(words: readonly string[]): string {
  const isShell = words.length === 3 && /(?:^|[\\/])(?:ba|z|da|fi|k)?sh$/.test(words[0] ?? '') && /^-[a-z]*c$/.test(words[1] ?? '');
  return isShell ? words[2] ?? '' : words.join(' ');
}
