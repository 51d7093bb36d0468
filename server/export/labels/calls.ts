/** Calls of tools with the records that hold them, and what they were about. */

import { argumentObject, type Call, type Step } from '../conversation.ts';
import type { DaybookRecord } from '../../../shared/record.ts';
import type { SessionDocument } from '../../../shared/results.ts';
import type { ChatMessage } from '../../../shared/session.ts';

/** A call that was answered. */
export interface MadeCall {
  readonly call: Call & { readonly answer: NonNullable<Call['answer']> };
  /** Where its step stands among the steps it was found in. */
  readonly at: number;
  /** Ids of the records of the call and of its answer. */
  readonly records: readonly [string, string];
}

/** In the order of the session. */
export function madeCalls(document: SessionDocument, steps: readonly Step[]): MadeCall[] {
  const places = placesOf(document);
  return steps.flatMap((step, at) => (step.role === 'assistant' ? step.calls : []).flatMap((call) => {
    const { called, answered } = places.get(call.id) ?? {};
    const { answer } = call;
    return answer && called !== undefined && answered !== undefined ? [{ call: { ...call, answer }, at, records: [called, answered] as const }] : [];
  }));
}

/** The first call of an id and its last answer count, as in steps. */
function placesOf({ turns }: SessionDocument): ReadonlyMap<string, { called?: string; answered?: string }> {
  const places = new Map<string, { called?: string; answered?: string }>();
  for (const record of turns.flatMap(({ records }) => records)) {
    for (const part of messageParts(record)) {
      if (part.type !== 'tool_call' && part.type !== 'tool_call_response') continue;
      const place = places.get(part.id) ?? {};
      places.set(part.id, place);
      if (part.type === 'tool_call') place.called ??= record.id;
      else place.answered = record.id;
    }
  }
  return places;
}

export function messageParts({ type, data }: DaybookRecord): ChatMessage['parts'] {
  const parts = type === 'dev.daybook.chat.message' ? (data as Partial<ChatMessage> | null)?.parts : undefined;
  return Array.isArray(parts) ? (parts as ChatMessage['parts']) : [];
}

export function hasSucceeded({ call: { answer } }: MadeCall): boolean {
  return answer.status === 'succeeded' && (answer.exitCode ?? 0) === 0;
}

/** A person or a rule said no, or somebody stopped it. */
export function wasRefused({ call: { answer } }: MadeCall): boolean {
  return answer.status === 'denied' || answer.status === 'cancelled';
}

export function hasFailed({ call: { answer } }: MadeCall): boolean {
  return answer.status === 'failed' || (answer.status !== 'unknown' && (answer.exitCode ?? 0) !== 0);
}

/** The command line that a call runs; undefined for other calls. */
export function commandOf({ call }: MadeCall): string | undefined {
  const { command, cmd } = argumentObject(call.arguments);
  const given = command ?? cmd;
  // Some tools hand over the words for the shell: the line is the last of `bash -lc "npm test"`.
  const line: unknown = Array.isArray(given) ? given.at(-1) : given;
  return typeof line === 'string' && line.trim() !== '' ? line.trim() : undefined;
}

const fileNames = ['file_path', 'filePath', 'path', 'notebook_path', 'target_file', 'absolute_path', 'uri'] as const;

/** What a call is about: the file that it names, or the program that it runs; undefined where that cannot be told. */
export function aboutOf(made: MadeCall): string | undefined {
  const command = commandOf(made);
  if (command !== undefined) return `runs ${command.split(/\s/, 1)[0] ?? ''}`;
  const file = fileOf(argumentObject(made.call.arguments));
  return file === undefined ? undefined : `file ${file}`;
}

/** The file that the arguments of a call name. */
export function fileOf(given: Readonly<Record<string, unknown>>): string | undefined {
  return fileNames.map((name) => given[name]).find((value): value is string => typeof value === 'string' && value !== '');
}
