/** The parts of identifiers in mixed case: `getUserName` has get, user and name; `HTTPServer2` has http and server2. */

/** A longer run of letters and digits is no name: it is data. */
const maxLength = 80;

/** Lower-case parts of all identifiers of a text. Written as a loop because it runs over every character that is recorded. */
export function identifierParts(text: string): Set<string> {
  const parts = new Set<string>();
  let start = -1;
  let isMixed = false;
  let before = 0;
  for (let at = 0; at <= text.length; at++) {
    const kind = at < text.length ? kindOf(text.charCodeAt(at)) : 0;
    if (kind === 0) {
      if (isMixed && at - start <= maxLength) addParts(text, start, at, parts);
      start = -1;
      isMixed = false;
    } else {
      if (start === -1) start = at;
      else if (kind === upper && before !== upper) isMixed = true;
      else if (kind !== upper && before === upper && at - start > 1) isMixed = true;
    }
    before = kind;
  }
  return parts;
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
