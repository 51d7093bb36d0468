// Commands after which the model answers. All others steer the tool: they add files, show costs, leave.
const asking = /^\/(?:ask|code|architect|context|help|web|paste|voice|test|lint|run|ok|multi|editor|edit|chat-mode)\b/;
const confirmation = /\(Y\)es\/\(N\)o.*\[[^\]]{0,40}\]:/;

/** Whether the words were put to the model, by their first line: not an answer to Aider's question, a blank line or a command to Aider. */
export function isAsked(firstLine: string): boolean {
  const text = firstLine.trim();
  if (text === '' || text === '<blank>' || text.startsWith('!') || confirmation.test(text)) return false;
  return !/^\/[a-z-]+(?:\s|$)/.test(text) || asking.test(text);
}
