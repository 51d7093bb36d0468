// A string that is cut ends with the text: were it no token, each quote inside it would be tried as the beginning of one.
const token = /"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?$)|[{}[\]:,]|[^\s"{}[\]:,]+/gs;

/** The keys of the JSON object that a text begins with and that may be cut anywhere, each with the first token of its value. */
export function headKeys(head: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  let depth = 0;
  let key: string | undefined;
  let before = '';
  for (const [piece] of head.replace(/^\uFEFF/, '').matchAll(token)) {
    if (depth === 1 && before === ':' && key !== undefined) found.set(key, piece);
    if (piece === '{' || piece === '[') depth++;
    else if (piece === '}' || piece === ']') depth--;
    else if (depth === 1 && (before === '{' || before === ',')) key = piece.slice(1, -1);
    if (depth === 0) return found;
    before = piece;
  }
  return found;
}
