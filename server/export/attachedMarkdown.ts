/** An attachment inside of a Markdown document, by an address that whoever shows the document can follow. */

import { isPicture, parseAttachmentName, type BlobPart } from '../../shared/attachment.ts';
import { attachmentText } from './attached.ts';
import { line } from './markdownText.ts';

/** The Markdown of an attachment; in words alone where it has no address. */
export type AttachmentMarkdown = (part: BlobPart) => string;

export const attachmentWords: AttachmentMarkdown = (part) => `*${line(attachmentText(part))}*`;

/**
 * Pictures as pictures, everything else as a link: SVG too, which may hold programs.
 * @param addressOf where it is, by name; safe inside of `()`; undefined where it is not
 */
export function attachmentLinks(addressOf: (name: string) => string | undefined): AttachmentMarkdown {
  return (part) => {
    const known = parseAttachmentName(part.attachment);
    const address = known && addressOf(part.attachment ?? '');
    if (!known || address === undefined) return attachmentWords(part);
    return `${isPicture(known.ending) ? '!' : ''}[${line(attachmentText(part))}](${address})`;
  };
}
