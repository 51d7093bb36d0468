/** What is done to a session's Markdown before the preview shows it, and how a place in it is found. */

const unseenSpace = '\u200b';
const image = /!(?=\[)/g;
/** Any tag but `<details>` and `<summary>`, which fold the tools. */
const tag = /<(?!\/?(?:details|summary)>)(?=[a-z/!?])/gi;

/**
 * A session quotes whatever people, models and web pages wrote, and VS Code's preview loads remote images and lets raw HTML through.
 * An unseen space behind `!` and `<` makes both plain text, inside code as outside of it, so that there is no context to get wrong:
 * looking at a session never reaches the network.
 */
export function withoutRemoteContent(markdown: string): string {
  return markdown.replace(image, `!${unseenSpace}`).replace(tag, `<${unseenSpace}`);
}

/** What media/session.css applies to: its rules must not reach other people's Markdown. Not trusted with anything but looks. */
export function asPage(markdown: string): string {
  return `<div class="daybook-session">\n\n${markdown}\n\n</div>\n`;
}

const heading = /^#{1,6} +(.+?) *#*$/;
const fence = /^(?:```|~~~)/;

/**
 * The fragment of the last heading above the passage, as the preview names it; undefined where the passage or a heading is not found.
 * Runs of white space count as one, line breaks too, for a passage may reach over several lines.
 */
export function fragmentNear(markdown: string, passage: string): string | undefined {
  const wanted = squeezed(passage);
  const { text, headings } = flattened(markdown);
  const at = wanted === '' ? -1 : text.indexOf(wanted);
  return headings.findLast(({ start }) => start <= at)?.fragment;
}

/** The document as one line, and where in it each heading begins. */
function flattened(markdown: string): { readonly text: string; readonly headings: readonly { start: number; fragment: string }[] } {
  const seen = new Map<string, number>();
  const headings: { start: number; fragment: string }[] = [];
  let text = '';
  let inCode = false;
  for (const line of markdown.split('\n')) {
    if (fence.test(line)) inCode = !inCode;
    const title = inCode ? undefined : heading.exec(line)?.[1];
    if (title !== undefined) headings.push({ start: text.length, fragment: numbered(slug(title), seen) });
    const words = squeezed(inCode ? line : unescaped(line));
    if (words !== '') text += `${words} `;
  }
  return { text, headings };
}

/** Undoes what the export does to text outside of code. */
function unescaped(line: string): string {
  return line.replace(/\\(?=[[#])/g, '').replaceAll('&lt;', '<').replaceAll('&amp;', '&');
}

function slug(title: string): string {
  return encodeURI(title.trim().toLowerCase().replace(/\s+/g, '-').replace(/[^\p{L}\p{N}\p{M}_-]/gu, '').replace(/^-+|-+$/g, ''));
}

/** The second heading of a name gets `-1`, the third `-2`. */
function numbered(name: string, seen: Map<string, number>): string {
  const before = seen.get(name) ?? 0;
  seen.set(name, before + 1);
  return before === 0 ? name : `${name}-${before}`;
}

function squeezed(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
