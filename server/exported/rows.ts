/** The rows of files that have one thing a row, each with all its bytes, so that those that stay can be put together again as they were. */

const [lineFeed, quote] = [0x0a, 0x22];

/** Lines with their line breaks. */
export function lines(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  return cut(pieces, false);
}

/** Rows of CSV: a line break between quotes is of the row. */
export function csvRows(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  return cut(pieces, true);
}

async function* cut(pieces: AsyncIterable<Buffer>, hasQuotes: boolean): AsyncGenerator<Buffer> {
  let begun: Buffer[] = [];
  let isQuoted = false;
  for await (const piece of pieces) {
    let from = 0;
    for (let at = 0; at < piece.length; at++) {
      const byte = piece[at];
      if (byte === quote) isQuoted = hasQuotes && !isQuoted;
      if (byte !== lineFeed || isQuoted) continue;
      yield Buffer.concat([...begun, piece.subarray(from, at + 1)]);
      begun = [];
      from = at + 1;
    }
    if (from < piece.length) begun.push(piece.subarray(from));
  }
  if (begun.length > 0) yield Buffer.concat(begun);
}

/** The fields of a row of CSV as they were before they were written, with the apostrophe before what looks like a formula taken off. */
export function csvFields(row: string): string[] {
  const fields: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^,\r\n"]*))(,|\r?\n?$)/y;
  for (let match = field.exec(row); match; match = field.exec(row)) {
    fields.push((match[1]?.replaceAll('""', '"') ?? match[2] ?? '').replace(/^'(?=[=+\-@\t\r])/, ''));
    if (match[3] !== ',') break;
  }
  return fields;
}
