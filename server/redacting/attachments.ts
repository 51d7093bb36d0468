/** Images and documents under the rules of today: what becomes of each in which something is found. */

import { createHash } from 'node:crypto';
import { parseAttachmentName, withBlobs, type BlobPart } from '../../shared/attachment.ts';
import type { DaybookRecord } from '../../shared/record.ts';
import { cleaned, nameOf } from '../ingest/attachments/keep.ts';
import type { Redactor } from '../ingest/redact.ts';
import type { OnFound } from '../ingest/redaction/rule.ts';

/** What becomes of a file: another one with placeholders in it, or nothing. */
export interface Fate {
  readonly redactions: number;
  /** Absent when it goes. */
  readonly next?: { readonly name: string; readonly sha256: string; readonly content: Uint8Array };
}

/** Undefined for a file in which nothing is found. */
export async function fateOf(name: string, content: Uint8Array, redactor: Redactor, onFound: OnFound): Promise<Fate | undefined> {
  const parsed = parseAttachmentName(name);
  if (!parsed) return undefined;
  const { count, stored } = await cleaned(content, parsed.ending, redactor, onFound);
  if (count === 0) return undefined;
  if (!stored) return { redactions: count };
  const sha256 = createHash('sha256').update(stored).digest('hex');
  return { redactions: count, next: { name: nameOf(sha256, parsed.ending), sha256, content: stored } };
}

/** The record as it refers to what has become of its attachments; the same one where nothing has. */
export function withFates(record: DaybookRecord, fates: ReadonlyMap<string, Fate>): DaybookRecord {
  if (fates.size === 0) return record;
  let redactions = record.redactions ?? 0;
  const after = withBlobs(record, (part) => {
    const fate = fates.get(part.attachment ?? '');
    if (!fate) return part;
    redactions += fate.redactions;
    return told(part, fate);
  });
  return after === record ? record : { ...after, redactions };
}

/** As the way in writes it, so that the same thing read once more is the same. */
function told({ attachment, ...part }: BlobPart, { next }: Fate): BlobPart {
  if (!next || attachment === undefined) return { ...part, leftOut: 'secret' };
  return { ...part, bytes: next.content.length, sha256: next.sha256, attachment: next.name };
}
