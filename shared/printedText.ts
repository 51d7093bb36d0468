/** Operating system commands and their relatives: `ESC ] … BEL`. Their text may hold anything, and Node's own pattern knows only some. */
const controlStrings = /\u001b[\]PX^_][^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)/g;
const eraseLine = /\u001b\[2K/g;
const eraseToEnd = /\u001b\[0?K/g;
/** Stand for the two erase sequences while the rest is stripped; real ones are removed first. */
const lineErased = '\u0001';
const endErased = '\u0002';
const standIns = /[\u0001\u0002]/g;
const movesCursor = /[\r\b\u0001\u0002]/;
const leftOver = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/**
 * What a person would have seen: no control sequences, and of a line that was written over, what stood there at the end.
 * @param strip takes all other control sequences out: Node's own function
 */
export function printedText(raw: string, strip: (text: string) => string): string {
  const marked = raw
    .replace(standIns, '')
    .replace(controlStrings, '')
    .replace(eraseLine, lineErased)
    .replace(eraseToEnd, endErased);
  const lines = strip(marked).split('\n');
  return lines.map((line) => settled(line.replace(/\r+$/, '')).replace(leftOver, '')).join('\n');
}

/** A line after all its carriage returns, backspaces and erasures. */
function settled(line: string): string {
  if (!movesCursor.test(line)) return line;
  const cells: string[] = [];
  let column = 0;
  for (const character of line) {
    if (character === '\r') column = 0;
    else if (character === '\b') column = Math.max(0, column - 1);
    else if (character === endErased) cells.length = Math.min(cells.length, column);
    else if (character === lineErased) cells.fill(' ');
    else cells[column++] = character;
  }
  return Array.from(cells, (cell) => cell ?? ' ').join('').trimEnd();
}
