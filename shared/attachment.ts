/** Files beside the records: pasted images, documents, all that a command printed. Each is kept once, under a name that its own bytes decide. */

import type { DaybookRecord, TerminalCommand } from './record.ts';
import type { ChatMessage, Part } from './session.ts';

/** What is kept, by the ending of its file's name. SVG is text that can hold programs: it is never shown as an image. */
export const attachmentTypes = {
  png: 'image/png',
  jpg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
  svg: 'image/svg+xml',
  pdf: 'application/pdf',
  txt: 'text/plain',
} as const;

export type AttachmentEnding = keyof typeof attachmentTypes;

/** A part whose bytes are, or were, more than the record says. */
export type BlobPart = Extract<Part, { readonly type: 'blob' }>;

export interface AttachmentName {
  /** Of the bytes in the file, hex. */
  readonly sha256: string;
  readonly ending: AttachmentEnding;
  readonly mimeType: (typeof attachmentTypes)[AttachmentEnding];
}

/** A JSON member that refers to an attachment, as a journal line has it; the name is the group 1. */
export const attachmentReference = /"attachment":"([0-9a-f]{64}\.[a-z]{3,4})"/g;

const pictures: ReadonlySet<string> = new Set<AttachmentEnding>(['png', 'jpg', 'gif', 'webp', 'avif']);
const texts: ReadonlySet<string> = new Set<AttachmentEnding>(['svg', 'txt']);

/** Undefined for every text that is no name of an attachment: a name that passes is safe as the last part of a path. */
export function parseAttachmentName(name: unknown): AttachmentName | undefined {
  const match = typeof name === 'string' ? /^([0-9a-f]{64})\.([a-z]{3,4})$/.exec(name) : null;
  const ending = match?.[2] ?? '';
  if (!match || !Object.hasOwn(attachmentTypes, ending)) return undefined;
  return { sha256: match[1] ?? '', ending: ending as AttachmentEnding, mimeType: attachmentTypes[ending as AttachmentEnding] };
}

/** Whether a page may show such a file as an image. */
export function isPicture(ending: AttachmentEnding): boolean {
  return pictures.has(ending);
}

/** Whether the bytes of such a file are text in UTF-8. */
export function isText(ending: AttachmentEnding): boolean {
  return texts.has(ending);
}

/** Names of the attachments that a record refers to, each once. */
export function attachmentsIn(record: DaybookRecord): readonly string[] {
  const names = blobsIn(record).flatMap(({ attachment }) => attachment ?? []);
  return [...new Set(names)].filter((name) => parseAttachmentName(name) !== undefined);
}

export const terminalCommand = 'dev.daybook.tool_execution.terminal.command';

/** What a record says of files beside it: parts of a message, or all that a command printed. Anybody may have recorded anything. */
export function blobsIn({ type, data }: DaybookRecord): readonly BlobPart[] {
  if (type === terminalCommand) return [(data as Partial<TerminalCommand> | null)?.fullOutput].filter(isBlob);
  const parts = type === 'dev.daybook.chat.message' ? (data as Partial<ChatMessage> | null)?.parts : undefined;
  return Array.isArray(parts) ? (parts as readonly unknown[]).filter(isBlob) : [];
}

/** The record with each of them as `change` gives it back; the same record where that changes none. */
export function withBlobs(record: DaybookRecord, change: (part: BlobPart) => BlobPart): DaybookRecord {
  const before = blobsIn(record);
  const after = new Map(before.map((part) => [part, change(part)]));
  if (before.every((part) => after.get(part) === part)) return record;
  const changed = (part: unknown): unknown => after.get(part as BlobPart) ?? part;
  const data = record.data as Partial<ChatMessage & TerminalCommand>;
  const told = record.type === terminalCommand ? { fullOutput: changed(data.fullOutput) } : { parts: (data.parts ?? []).map(changed) };
  return { ...record, data: { ...data, ...told } };
}

function isBlob(part: unknown): part is BlobPart {
  return typeof part === 'object' && part !== null && 'type' in part && part.type === 'blob';
}
