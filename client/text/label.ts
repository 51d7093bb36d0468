/**
 * Titles, file names and snippets are data that others wrote. Before they stand in a label they lose everything that could break the
 * line, reverse its reading order or turn into an icon.
 */

/** Control, zero-width, bidirectional and tag characters: nothing in a label needs them, and each can make a label lie. */
const unseen = /[\p{Cc}\p{Cs}\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]+/gu;
/** All of it but the byte order mark, which nobody sees. */
const whitespace = /[^\S\ufeff]+/gu;
const ellipsis = '…';

/** One line of plain text, at most `maxLength` characters; empty when nothing visible is left. */
export function plainLabel(text: string, maxLength = 120): string {
  // Only the beginning is looked at: a label of a megabyte must not cost a megabyte.
  const line = text.slice(0, maxLength * 4).replace(whitespace, ' ').replace(unseen, '').replace(whitespace, ' ').trim();
  const characters = Array.from(line);
  return characters.length <= maxLength ? line : characters.slice(0, maxLength - 1).join('').trimEnd() + ellipsis;
}

/**
 * For labels in which VS Code reads `$(name)` as an icon: quick picks and the status bar. An unseen space keeps the two characters apart;
 * a backslash would not do, for not all of these places know it.
 */
export function withoutIcons(label: string): string {
  return label.replaceAll('$(', '$\u200b(');
}

/** Plain label for a quick pick or the status bar. */
export function pickLabel(text: string, maxLength?: number): string {
  return withoutIcons(plainLabel(text, maxLength));
}
