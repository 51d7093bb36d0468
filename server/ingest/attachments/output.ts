/** All that commands printed, as it comes in: unpacked, and made the plain text that is kept as an attachment. */

import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { promisify, stripVTControlCharacters } from 'node:util';
import { gunzip } from 'node:zlib';
import { terminalCommand } from '../../../shared/attachment.ts';
import type { FullOutput, PackedOutput } from '../../../shared/fullOutput.ts';
import { printedText } from '../../../shared/printedText.ts';
import type { DaybookRecord, TerminalCommand } from '../../../shared/record.ts';

export interface Unpacked {
  /** The same records, none of them packed any more. */
  readonly records: readonly DaybookRecord[];
  /** Bytes of what was printed, by their SHA-256 in hex. */
  readonly printed: ReadonlyMap<string, Uint8Array>;
}

const unpack = promisify(gunzip);
/** Bytes that a command may have printed at most; whoever packed more did not ask for the setting. */
const mostBytes = 96 << 20;
/** Characters that become plain text at once; others have their turn in between. */
const portion = 64 << 10;
const gap = '\n…\n';

/** Call before anything is written: what is packed nobody can look through for secrets. */
export async function unpackOutputs(records: readonly DaybookRecord[]): Promise<Unpacked> {
  const printed = new Map<string, Uint8Array>();
  if (!records.some(isPacked)) return { records, printed };
  const after: DaybookRecord[] = [];
  for (const record of records) after.push(isPacked(record) ? await unpacked(record, printed) : record);
  return { records: after, printed };
}

type Packed = DaybookRecord<Omit<TerminalCommand, 'fullOutput'> & { readonly fullOutput: PackedOutput }>;

function isPacked(record: DaybookRecord): record is Packed {
  const output = record.type === terminalCommand ? (record.data as TerminalCommand).fullOutput : undefined;
  return output !== undefined && 'first' in output;
}

async function unpacked(record: Packed, printed: Map<string, Uint8Array>): Promise<DaybookRecord> {
  const { fullOutput: packed, ...data } = record.data;
  const text = await textOf(packed);
  if (text === '') return { ...record, data };
  const content = Buffer.from(text ?? '');
  const sha256 = createHash('sha256').update(content).digest('hex');
  const common = { type: 'blob', mimeType: 'text/plain', bytes: content.length } as const;
  const fullOutput: FullOutput = text === undefined ? { ...common, leftOut: 'kind' } : { ...common, sha256, ...(packed.omitted > 0 && { omitted: packed.omitted }) };
  if (text !== undefined) printed.set(sha256, content);
  return { ...record, data: { ...data, fullOutput } };
}

/** Undefined for what is not packed as it should be. */
async function textOf({ first, last, omitted }: PackedOutput): Promise<string | undefined> {
  const [head, tail] = [await rawOf(first), await rawOf(last)];
  if (head === undefined || tail === undefined) return undefined;
  if (omitted === 0) return (await plain(head + tail)).trimEnd();
  // Both cut edges may lie inside a control sequence: whole lines only.
  const beginning = await plain(head.slice(0, head.lastIndexOf('\n') + 1));
  const end = await plain(tail.slice(tail.indexOf('\n') + 1));
  return (beginning.trimEnd() + gap + end).trim();
}

async function rawOf(packed: readonly string[]): Promise<string | undefined> {
  if (packed.length === 0) return '';
  try {
    const bytes = Buffer.concat(packed.map((each) => Buffer.from(each, 'base64')));
    return (await unpack(bytes, { maxOutputLength: mostBytes })).toString('utf8');
  } catch {
    return undefined; // that is the answer
  }
}

async function plain(raw: string): Promise<string> {
  const parts: string[] = [];
  for (let from = 0; from < raw.length;) {
    const line = raw.indexOf('\n', from + portion);
    const until = line < 0 ? raw.length : line + 1;
    parts.push(printedText(raw.slice(from, until), stripVTControlCharacters));
    from = until;
    await setImmediate();
  }
  return parts.join('');
}
