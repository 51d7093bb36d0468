/** The one argument by which a person recognises a call of a tool; empty where there is none. At most 100 characters. */
export function callSummary(input: unknown): string {
  if (typeof input !== 'object' || input === null) return '';
  const named = ['command', 'cmd', 'file_path', 'filePath', 'path', 'query', 'pattern', 'url', 'description', 'prompt'];
  const found = named.map((name) => (input as Record<string, unknown>)[name]).find((value) => typeof value === 'string' && value !== '');
  if (typeof found !== 'string') return '';
  return found.length > 100 ? `${found.slice(0, 99).toWellFormed()}…` : found;
}
