/**
 * The keys of one object in a JSON text that may be cut anywhere, so that a file can be recognised by its first bytes.
 * Plain values come as their JSON text, objects as `{` and arrays as `[`.
 */

// A string that is cut ends with the text: were it no token, each quote inside it would be tried as the beginning of one.
const token = /"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?$)|[{}[\]:,]|[^\s"{}[\]:,]+/gs;

/** Keys and values of the object at `path` (keys of objects inside objects); empty when the text holds no such object. */
export function outline(text: string, path: readonly string[] = []): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  // Under which key each open object or array stands; inside an array that is nothing.
  const open: string[] = [];
  let inside = false;
  let key = '';
  let before = '';
  for (const [piece] of text.matchAll(token)) {
    if (before === ':' && inside && open.length === path.length + 1) found.set(key, piece);
    if (piece === '{' || piece === '[') {
      open.push(before === ':' ? key : '');
      if (open.length === path.length + 1) inside = piece === '{' && path.every((name, index) => open[index + 1] === name);
    } else if (piece === '}' || piece === ']') {
      if (inside && open.length === path.length + 1) return found;
      open.pop();
    } else if (before === '{' || before === ',') {
      key = piece.slice(1, -1);
    }
    before = piece;
  }
  return found;
}
