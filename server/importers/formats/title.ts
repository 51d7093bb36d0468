const longest = 120;

/** A title from what a text says first: its first line with something on it, at most 120 characters, cut at a word. */
export function titleFrom(text: string): string | undefined {
  const line = text.split(/\r?\n/).map((part) => part.replace(/\s+/g, ' ').trim()).find((part) => part !== '');
  if (line === undefined || line.length <= longest) return line;
  const space = line.lastIndexOf(' ', longest - 1);
  const cut = line.slice(0, space > longest / 2 ? space : longest - 1);
  return `${cut.replace(/[\uD800-\uDBFF]$/, '').trimEnd()}…`;
}
