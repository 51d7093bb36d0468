/**
 * The stage for images and documents: which of them are kept, under which name, and what the records say of them. Text is redacted like all
 * text. Of other bytes nothing can be taken out, so that one in which a secret can be read is not kept at all.
 */

import { createHash } from 'node:crypto';
import { attachmentTypes, blobsIn, isText, withBlobs, type AttachmentEnding, type BlobPart } from '../../../shared/attachment.ts';
import type { Problem } from '../../../shared/problem.ts';
import { typeOf, type DaybookRecord } from '../../../shared/record.ts';
import type { Redactor } from '../redact.ts';
import type { OnFound } from '../redaction/rule.ts';
import { kindOf, readableRuns, textOf } from './kind.ts';

/** A file that is whole and synced, and has no name yet. */
export interface PreparedAttachment {
  /** Gives it its name, unless there is one already. Call under the write lock, before the record that refers to it is written. */
  commit(): void;
  /** Throws it away; nothing once it has its name. */
  discard(): void;
}

/** What the stage needs of the store. */
export interface AttachmentFiles {
  has(name: string): boolean;
  prepare(name: string, content: Uint8Array): Promise<PreparedAttachment>;
}

export interface KeepDeps {
  readonly files: AttachmentFiles;
  readonly redactor: Redactor;
  /** Bytes; larger ones are left out, unless they are there already. */
  readonly maxBytes: () => number;
}

export interface Kept {
  /** The same records, with what they say of their attachments. */
  readonly records: readonly DaybookRecord[];
  /** What was left out although somebody may want it, once for each record and attachment. */
  readonly problems: readonly DaybookRecord[];
  /** By name. */
  readonly files: ReadonlyMap<string, PreparedAttachment>;
}

/** What becomes of some bytes. */
type Fate = Pick<BlobPart, 'attachment' | 'leftOut'> & Partial<Pick<BlobPart, 'mimeType' | 'bytes' | 'sha256'>> & { readonly redactions?: number; readonly isProblem?: boolean };

/** Bytes by their SHA-256 in hex, as the records name them. */
export interface Contents {
  /** Images and documents that came with messages. */
  readonly said: ReadonlyMap<string, Uint8Array>;
  /** What commands printed: text, whatever it begins with, and as long as its own setting allows. */
  readonly printed: ReadonlyMap<string, Uint8Array>;
}

export async function keepAttachments(records: readonly DaybookRecord[], { said, printed }: Contents, deps: KeepDeps): Promise<Kept> {
  const fates = new Map<string, Fate>();
  const files = new Map<string, PreparedAttachment>();
  try {
    for (const [sha256, content] of [...said, ...printed]) {
      const { fate, stored } = await (printed.has(sha256) ? decidePrinted(sha256, content, deps) : decide(sha256, content, deps));
      fates.set(sha256, fate);
      if (stored && fate.attachment !== undefined) files.set(fate.attachment, await deps.files.prepare(fate.attachment, stored));
    }
  } catch (error) {
    for (const file of files.values()) file.discard();
    throw error;
  }
  const after = fates.size === 0 ? records : records.map((record) => told(record, fates));
  return { records: after, problems: after.flatMap((record) => problemsOf(record, fates)), files };
}

interface Decided {
  readonly fate: Fate;
  readonly stored?: Uint8Array;
}

async function decidePrinted(sha256: string, content: Uint8Array, { redactor }: KeepDeps): Promise<Decided> {
  return textOf(content) === undefined ? { fate: { leftOut: 'kind' } } : decideContent(sha256, content, 'txt', redactor);
}

async function decide(sha256: string, content: Uint8Array, { files, redactor, maxBytes }: KeepDeps): Promise<Decided> {
  const ending = kindOf(content);
  if (ending === undefined) return { fate: { leftOut: 'kind' } };
  if (content.length > maxBytes() && !files.has(nameOf(sha256, ending))) return { fate: { leftOut: 'too-large', isProblem: maxBytes() > 0 } };
  return decideContent(sha256, content, ending, redactor);
}

/** What is left once its size and kind are settled: whether a secret is in it. */
async function decideContent(sha256: string, content: Uint8Array, ending: AttachmentEnding, redactor: Redactor): Promise<Decided> {
  const { count, stored } = await cleaned(content, ending, redactor);
  if (!stored) return { fate: { leftOut: 'secret', isProblem: true } };
  return kept(stored, count === 0 ? sha256 : createHash('sha256').update(stored).digest('hex'), ending, count);
}

/** The bytes as they may be kept, the same where nothing is found; none where a secret can be read in bytes that are no text. */
export async function cleaned(
  content: Uint8Array, ending: AttachmentEnding, redactor: Redactor, onFound?: OnFound,
): Promise<{ readonly count: number; readonly stored?: Uint8Array }> {
  const text = isText(ending) ? textOf(content) : undefined;
  const { text: redacted, count } = await redactor.text(text ?? readableRuns(content), onFound);
  if (count === 0) return { count, stored: content };
  return text === undefined ? { count } : { count, stored: Buffer.from(redacted) };
}

function kept(stored: Uint8Array, sha256: string, ending: AttachmentEnding, redactions = 0): { fate: Fate; stored: Uint8Array } {
  return { fate: { mimeType: attachmentTypes[ending], bytes: stored.length, sha256, attachment: nameOf(sha256, ending), redactions }, stored };
}

/** The name of a file with bytes of this hash. */
export function nameOf(sha256: string, ending: AttachmentEnding): string {
  return `${sha256}.${ending}`;
}

/** The record with what became of its attachments. */
function told(record: DaybookRecord, fates: ReadonlyMap<string, Fate>): DaybookRecord {
  let redactions = record.redactions ?? 0;
  const after = withBlobs(record, (part) => {
    const fate = fates.get(part.sha256 ?? '');
    if (!fate) return part;
    const { redactions: more = 0, isProblem, ...fields } = fate;
    redactions += more;
    return { ...part, ...fields };
  });
  return after === record || redactions === 0 ? after : { ...after, redactions };
}

const reasons = {
  'too-large': 'it is larger than the setting daybook.attachments.maxSize allows', secret: 'a secret can be read in it',
} as const;

/** What is of no kind that is kept, and what nobody wants at all, is no problem: the record says it, and that is enough. */
function problemsOf(record: DaybookRecord, fates: ReadonlyMap<string, Fate>): DaybookRecord[] {
  return blobsIn(record).flatMap((part) => {
    if (!fates.get(part.sha256 ?? '')?.isProblem || (part.leftOut !== 'too-large' && part.leftOut !== 'secret')) return [];
    const message = `An attachment (${part.mimeType}, ${part.bytes.toLocaleString('en')} bytes) was left out: ${reasons[part.leftOut]}.`;
    const data: Problem = { code: 'attachment-left-out', message, ...(part.leftOut === 'too-large' && { where: { setting: 'daybook.attachments.maxSize' } }) };
    // It says nothing of the session, so that nothing is left of one that is forgotten.
    const id = `problem:${createHash('sha1').update(`${record.id}\0${part.sha256 ?? ''}`).digest('hex').slice(0, 16)}`;
    return [{ specversion: '1.0', id, source: record.source, type: typeOf('events', 'source.problem'), time: record.time, data }];
  });
}
