/** Pictures of a session in a rendered page: inside of it, since no page may load anything, and a link to the whole one. */

import { isPicture, parseAttachmentName } from '../../shared/attachment.ts';

/** A file of an attachment. */
export interface AttachmentFile {
  /** Where it is opened as a whole. */
  readonly uri: string;
  read(): Promise<Uint8Array>;
  /** Bytes. */
  readonly bytes: number;
}

/** Larger pictures, and what would make the page larger than this, are links: a page is made anew while its session goes on. Bytes. */
export const largestPicture = 2 << 20;
export const largestPage = 12 << 20;

/** An attachment that stands alone on its line, as the server writes it; `!` may be followed by the unseen space that takes images out of force. */
const attachment = /^((?:> ?)*)!?\u200b?(\[(?:[^\]\\\n]|\\.)*\])\(attachment:([0-9a-f]{64}\.[a-z]{3,4})\)$/gm;

/**
 * Puts pictures, or links to what is none, where the server has the addresses of attachments.
 * @param find the file of an attachment by its name; undefined when it is not there
 * @param gone what is said of one that is not there
 */
export async function withPictures(markdown: string, find: (name: string) => Promise<AttachmentFile | undefined>, gone: string): Promise<string> {
  const shown = new Map<string, Shown>();
  let left = largestPage;
  for (const [, , , name = ''] of markdown.matchAll(attachment)) {
    if (shown.has(name)) continue;
    const file = await find(name);
    const mayShow = file !== undefined && file.bytes <= Math.min(largestPicture, left);
    const picture = mayShow ? await pictureOf(name, file) : undefined;
    if (picture !== undefined) left -= picture.length;
    shown.set(name, { ...(file && { uri: file.uri }), ...(picture !== undefined && { picture }) });
  }
  return markdown.replace(attachment, (_, quote: string, label: string, name: string) => `${quote}${written(label, shown.get(name) ?? {}, gone)}`);
}

interface Shown {
  readonly uri?: string;
  readonly picture?: string;
}

/** @param label in brackets, safe as it is */
function written(label: string, { uri, picture }: Shown, gone: string): string {
  if (uri === undefined) return `${label.slice(1, -1)} (${gone})`;
  return picture === undefined ? `${label}(${uri})` : `[!${label}(${picture})](${uri})`;
}

/** A `data:` address; undefined for what is no picture. SVG is none: it may hold programs. */
async function pictureOf(name: string, file: AttachmentFile): Promise<string | undefined> {
  const known = parseAttachmentName(name);
  if (!known || !isPicture(known.ending)) return undefined;
  return `data:${known.mimeType};base64,${Buffer.from(await file.read()).toString('base64')}`;
}
