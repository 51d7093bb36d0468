/** Names of files made from what people and models wrote: they stay in their folder, and every file system takes them. */

/** Names that Windows keeps for devices, with whatever extension. */
const reserved = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\.|$)/i;

/** What no file system likes, what hides or turns text around, and what separates folders. */
const unfit = /[/\\<>:"|?*\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\p{Cc}|\p{Co}|\p{Cn}/gu;

/** Bytes; file systems allow 255 for a whole name. */
const maxBytes = 120;

/** Text as a part of a file name, never empty; the same text gives the same name. */
export function fileName(text: string): string {
  const plain = text.toWellFormed().normalize('NFC').replace(unfit, ' ').replace(/[\s\ufffd]+/g, ' ');
  const short = cut(plain.replace(/^[. ]+/, ''), maxBytes).replace(/[. ]+$/, '');
  if (short === '') return 'untitled';
  return reserved.test(short) ? `_${short}` : short;
}

function cut(text: string, bytes: number): string {
  let length = 0;
  let kept = '';
  for (const character of text) {
    length += Buffer.byteLength(character);
    if (length > bytes) break;
    kept += character;
  }
  return kept;
}

/**
 * Gives out names of which no two are the same, not even where large and small letters are.
 * @returns the name with its extension; ` (2)` and so on before it where it is taken
 */
export function uniqueNames(): (name: string, extension: string) => string {
  const taken = new Set<string>();
  const next = new Map<string, number>();
  const key = (name: string): string => name.normalize('NFKC').toLowerCase();
  return (name, extension) => {
    let unique = name;
    let count = next.get(key(name)) ?? 1;
    for (; taken.has(key(unique)); count++) unique = `${name} (${count + 1})`;
    next.set(key(name), count);
    taken.add(key(unique));
    return `${unique}.${extension}`;
  };
}

/** Name of a session's own file, without extension: day, source, title. */
export function sessionFileName({ startedAt, source, title }: { readonly startedAt: string; readonly source: string; readonly title: string }): string {
  return fileName(`${startedAt.slice(0, 10)} ${source} ${title}`);
}
