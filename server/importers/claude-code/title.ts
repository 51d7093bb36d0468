const longest = 120;

/** The first line that says something, at most 120 characters, cut at a word; undefined when there is none. */
export function titleFrom(text: string): string | undefined {
  const line = text.split(/\r?\n/).map((part) => part.replace(/\s+/g, ' ').trim()).find((part) => part !== '');
  if (line === undefined || line.length <= longest) return line;
  const space = line.lastIndexOf(' ', longest - 1);
  const cut = line.slice(0, space > longest / 2 ? space : longest - 1);
  return `${cut.replace(/[\uD800-\uDBFF]$/, '').trimEnd()}…`;
}
