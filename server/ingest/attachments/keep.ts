/**
 * The stage for images and documents: which of them are kept, under which name, and what the records say of them. Text is redacted like all
 * text. Of other bytes nothing can be taken out, so that one in which a secret can be read is not kept at all.
 */

import { createHash } from 'node:crypto';
import { attachmentTypes, isText, type AttachmentEnding, type BlobPart } from '../../../shared/attachment.ts';
import type { Problem } from '../../../shared/problem.ts';
import { typeOf, type DaybookRecord } from '../../../shared/record.ts';
import type { ChatMessage, Part } from '../../../shared/session.ts';
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

/** @param contents bytes by their SHA-256 in hex, as the parts of the records name them */
export async function keepAttachments(
  records: readonly DaybookRecord[], contents: ReadonlyMap<string, Uint8Array>, deps: KeepDeps,
): Promise<Kept> {
  const fates = new Map<string, Fate>();
  const files = new Map<string, PreparedAttachment>();
  try {
    for (const [sha256, content] of contents) {
      const { fate, stored } = await decide(sha256, content, deps);
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

async function decide(sha256: string, content: Uint8Array, { files, redactor, maxBytes }: KeepDeps): Promise<{ fate: Fate; stored?: Uint8Array }> {
  const ending = kindOf(content);
  if (ending === undefined) return { fate: { leftOut: 'kind' } };
  if (content.length > maxBytes() && !files.has(nameOf(sha256, ending))) return { fate: { leftOut: 'too-large', isProblem: maxBytes() > 0 } };
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
  if (record.type !== 'dev.daybook.chat.message') return record;
  let redactions = record.redactions ?? 0;
  let isChanged = false;
  const tell = (part: Part): Part => {
    const fate = part.type === 'blob' ? fates.get(part.sha256 ?? '') : undefined;
    if (!fate) return part;
    isChanged = true;
    const { redactions: more = 0, isProblem, ...fields } = fate;
    redactions += more;
    return { ...part, ...fields };
  };
  const data = record.data as ChatMessage;
  const parts = data.parts.map(tell);
  return isChanged ? { ...record, ...(redactions > 0 && { redactions }), data: { ...data, parts } } : record;
}

const reasons = {
  'too-large': 'it is larger than the setting daybook.attachments.maxSize allows', secret: 'a secret can be read in it',
} as const;

/** What is of no kind that is kept, and what nobody wants at all, is no problem: the record says it, and that is enough. */
function problemsOf(record: DaybookRecord, fates: ReadonlyMap<string, Fate>): DaybookRecord[] {
  if (record.type !== 'dev.daybook.chat.message') return [];
  return (record.data as ChatMessage).parts.flatMap((part) => {
    if (part.type !== 'blob' || !fates.get(part.sha256 ?? '')?.isProblem || (part.leftOut !== 'too-large' && part.leftOut !== 'secret')) return [];
    const message = `An attachment (${part.mimeType}, ${part.bytes.toLocaleString('en')} bytes) was left out: ${reasons[part.leftOut]}.`;
    const data: Problem = { code: 'attachment-left-out', message, ...(part.leftOut === 'too-large' && { where: { setting: 'daybook.attachments.maxSize' } }) };
    // It says nothing of the session, so that nothing is left of one that is forgotten.
    const id = `problem:${createHash('sha1').update(`${record.id}\0${part.sha256 ?? ''}`).digest('hex').slice(0, 16)}`;
    return [{ specversion: '1.0', id, source: record.source, type: typeOf('events', 'source.problem'), time: record.time, data }];
  });
}
