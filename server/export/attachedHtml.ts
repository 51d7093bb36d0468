/** An attachment inside of a page that needs nothing else: a picture as a picture, text to unfold, everything else to be saved. */

import { isPicture, isText, parseAttachmentName } from '../../shared/attachment.ts';

/**
 * @param label what it is, escaped already
 * @param escape makes text fit for HTML
 */
export function attachedHtml(name: string, content: Uint8Array, label: string, escape: (text: string) => string): string {
  const known = parseAttachmentName(name);
  if (!known) return '';
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  const address = (): string => `data:${known.mimeType};base64,${bytes.toString('base64')}`;
  if (isPicture(known.ending)) return `<figure><img src="${address()}" alt="${label}" tabindex="0"></figure>`;
  // An SVG is a program as much as a picture: its text is shown, and nothing of it is drawn.
  if (isText(known.ending)) return `<details class="note"><summary>${label}</summary><pre>${escape(bytes.toString('utf8'))}</pre></details>`;
  return `<p class="note"><a href="${address()}" download="${name}">${label}</a></p>`;
}
