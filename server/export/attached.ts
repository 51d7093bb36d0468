/** Images and documents on their way out, and how they are told in words. */

import { isText, parseAttachmentName, type BlobPart } from '../../shared/attachment.ts';
import type { Redaction } from './gate.ts';

/** The bytes of an attachment by its name, as they may leave; undefined when it is not here. */
export type Attached = (name: string) => Promise<Uint8Array | undefined>;

/** Of which none is here. */
export const noneAttached: Attached = () => Promise.resolve(undefined);

/**
 * What was kept, text once more through the rules of today.
 * @param read the bytes as they are kept
 * @param found told of redactions, with the name of the attachment
 */
export function createAttached(read: (name: string) => Uint8Array | undefined, { values }: Redaction, found: (name: string, count: number) => void): Attached {
  return async (name) => {
    const known = parseAttachmentName(name);
    const content = known && read(name);
    if (!content || !isText(known.ending)) return content;
    const [result] = await values([Buffer.from(content).toString('utf8')]);
    found(name, result?.count ?? 0);
    return result && result.count > 0 ? Buffer.from(result.value) : content;
  };
}

const reasons = {
  'too-large': 'left out: larger than daybook.attachments.maxSize', kind: 'left out: of no kind that is kept', secret: 'left out: a secret can be read in it',
} as const satisfies Record<NonNullable<BlobPart['leftOut']>, string>;

/** Size and kind in words, and why there is no more; plain text that may hold what a source made up. */
export function attachmentText({ mimeType, bytes, leftOut }: BlobPart): string {
  const reason = leftOut !== undefined && Object.hasOwn(reasons, leftOut) ? `, ${reasons[leftOut]}` : '';
  return `${mimeType}, ${bytes.toLocaleString('en')} bytes${reason}`;
}
