/** The parts of identifiers in mixed case: `getUserName` has get, user and name; `HTTPServer2` has http and server2. */

/** A longer run of letters and digits is no name: it is data. */
const maxLength = 80;

/** Where a word is in mixed case: a capital after something small, or the last of several before it. One at its beginning is none. */
const mixed = /[a-z0-9][A-Z]|[A-Z]{2}[a-z0-9]/g;

/** Lower-case parts of all identifiers of a text. It runs over every character that is recorded: most of them are passed over quickly. */
export function identifierParts(text: string): Set<string> {
  const parts = new Set<string>();
  for (mixed.lastIndex = 0; mixed.test(text);) {
    const { start, end } = around(text, mixed.lastIndex - 2, mixed.lastIndex);
    if (end - start <= maxLength) addParts(text, start, end, parts);
    mixed.lastIndex = end;
  }
  return parts;
}

/**
 * Lower-case parts of the identifiers in which one of some words stands, those of each in their order.
 * @param holds finds the words in any case, and from `lastIndex` on
 */
export function partsAround(text: string, holds: RegExp): string[] {
  const identifiers = new Set<string>();
  holds.lastIndex = 0;
  for (let found = holds.exec(text); found; found = holds.exec(text)) {
    const { start, end } = around(text, found.index, holds.lastIndex);
    holds.lastIndex = Math.max(end, holds.lastIndex);
    if (end - start <= maxLength) identifiers.add(text.slice(start, end));
  }
  return [...identifiers].flatMap((identifier) => [...identifierParts(identifier)]);
}

/** Where what stands at a place begins and ends. */
function around(text: string, from: number, to: number): { readonly start: number; readonly end: number } {
  let [start, end] = [from, to];
  while (start > 0 && kindOf(text.charCodeAt(start - 1)) !== 0) start--;
  while (end < text.length && kindOf(text.charCodeAt(end)) !== 0) end++;
  return { start, end };
}

const lower = 1;
const upper = 2;

const kinds = Uint8Array.from({ length: 128 }, (_, code) => (/[a-z0-9]/.test(String.fromCharCode(code)) ? lower : /[A-Z]/.test(String.fromCharCode(code)) ? upper : 0));

/** 0 for what no identifier in mixed case is made of. */
function kindOf(code: number): number {
  return kinds[code] ?? 0;
}

function addParts(text: string, start: number, end: number, parts: Set<string>): void {
  let from = start;
  for (let at = start + 1; at <= end; at++) {
    const isUpper = at < end && kindOf(text.charCodeAt(at)) === upper;
    const wasUpper = kindOf(text.charCodeAt(at - 1)) === upper;
    const nextIsLower = at + 1 < end && kindOf(text.charCodeAt(at + 1)) === lower;
    // A capital begins a part after a small letter, and as the last of several before one: HTTP|Server.
    if (at < end && !(isUpper && (!wasUpper || nextIsLower))) continue;
    parts.add(text.slice(from, at).toLowerCase());
    from = at;
  }
}
