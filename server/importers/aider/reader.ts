import { createHash } from 'node:crypto';
import type { ChatSessionHeader } from '../../../shared/session.ts';
import type { ImportedRecord, ReaderState, SourceFile, SourceReader, SourceUnit } from '../importer.ts';
import { present } from '../formats/fields.ts';
import { modified } from '../formats/moment.ts';
import { fileUri, folderOf, segments } from '../formats/place.ts';
import { titleFrom } from '../formats/title.ts';
import { formatName, historyName, lineOf, type Line } from './format.ts';
import { restore, save, type Memory, type Open, type Run } from './memory.ts';
import { messageOf } from './message.ts';
import { factOf } from './notes.ts';
import { isAsked } from './prompt.ts';

/** Reads one history. See `open` of the contract. Every line of a history is something, so that there are no problems. */
export function openReader(file: SourceFile, state?: ReaderState): SourceReader {
  const memory: Memory = state === undefined ? {} : restore(state);
  const place = createHash('sha256').update(file.path).digest('hex').slice(0, 8);
  // A history that was moved or renamed does not say which folder it is about.
  const cwd = segments(file.path).at(-1) === historyName ? folderOf(file.path) : undefined;
  const workspace = cwd === undefined ? undefined : fileUri(cwd);
  let records: ImportedRecord[] = [];
  /** Whether the open message has lines that were not handed over. */
  let isFresh = false;

  function push({ text, offset }: SourceUnit): void {
    const line = lineOf(text.replace(/^\uFEFF|\r$/g, ''));
    if (line.kind === 'start') return begin(line);
    if (line.kind === 'blank') return pause();
    const run = (memory.run ??= { id: `beginning-${place}`, repeat: 1, time: modified(file), hasRecords: false });
    if (memory.open?.kind !== line.kind) start(line.kind, offset, run, line.kind === 'notes' ? line.text : undefined);
    memory.open?.lines.push(line.text);
    isFresh = true;
    if (line.kind === 'notes') learn(run, line.text);
  }

  function begin({ stamp, time }: Line & { kind: 'start' }): void {
    close();
    handOverHeader();
    const repeat = memory.run?.stamp === stamp ? memory.run.repeat + 1 : 1;
    memory.run = { id: `${stamp}-${place}${repeat === 1 ? '' : `-${repeat}`}`, stamp, repeat, time, hasRecords: false };
    delete memory.reply;
  }

  /** An empty line ends a prompt; within a reply it is one of its lines. */
  function pause(): void {
    if (memory.open?.kind === 'prompt') close();
    else if (memory.open?.kind === 'reply') memory.open.lines.push('');
  }

  function start(kind: Open['kind'], offset: number, run: Run, note: string | undefined): void {
    const usage = note === undefined ? undefined : factOf(note).usage;
    if (usage && memory.open && memory.open === memory.reply) count(memory.reply, usage);
    close(kind);
    if (kind === 'prompt') delete memory.reply;
    memory.open = {
      kind, offset, lines: [],
      ...(kind === 'reply' ? { response: memory.reply?.response ?? offset, ...present('model', run.model) } : {}),
    };
    if (kind === 'reply') memory.reply = memory.open;
  }

  /** Hands over the open message; the greeting of a run is only worth it when something follows. */
  function close(next?: Open['kind']): void {
    const { open, run } = memory;
    delete memory.open;
    if (!open || !run || (!run.hasRecords && open.kind === 'notes' && next === undefined)) return;
    if (isFresh || !run.hasRecords) emit(open, run);
    isFresh = false;
  }

  function learn(run: Run, note: string): void {
    const fact = factOf(note);
    if (fact.version !== undefined) run.version = fact.version;
    if (fact.model !== undefined) run.model = fact.model;
    if (!fact.usage || !memory.reply) return;
    if (!memory.reply.usage) {
      count(memory.reply, fact.usage);
      emit(memory.reply, run);
    }
    // What the model says after it was counted is another response.
    delete memory.reply;
  }

  function count(reply: Open, usage: NonNullable<Open['usage']>): void {
    reply.usage = usage;
    isFresh = true;
  }

  function emit(open: Open, run: Run): void {
    const first = open.lines[0] ?? '';
    if (open.kind === 'prompt' && isAsked(first)) Object.assign(run, present('title', run.title ?? titleFrom(open.lines.join('\n'))));
    const data = messageOf(open, cwd);
    if (data.parts.length === 0) return;
    run.hasRecords = true;
    const actor = open.kind === 'reply' ? 'agent:aider' : open.kind === 'prompt' && !data.synthetic ? 'user' : undefined;
    records.push({ kind: 'message', id: `at-${open.offset}`, data, ...baseOf(run), ...present('actor', actor) });
  }

  function baseOf(run: Run): { session: string; time: string; workspace?: string } {
    return { session: run.id, time: run.time, ...present('workspace', workspace) };
  }

  function handOverHeader(): void {
    const { run } = memory;
    if (!run?.hasRecords) return;
    const data = headerOf(run, file.path, cwd);
    const emitted = createHash('sha256').update(JSON.stringify(data)).digest('hex').slice(0, 16);
    if (emitted !== run.emitted) records.push({ kind: 'session', data, ...baseOf(run) });
    run.emitted = emitted;
  }

  function take(): { records: readonly ImportedRecord[]; problems: readonly [] } {
    const { open, run } = memory;
    if (open && run && isFresh && (run.hasRecords || open.kind !== 'notes')) {
      emit(open, run);
      isFresh = false;
    }
    handOverHeader();
    const taken = records;
    records = [];
    return { records: taken, problems: [] };
  }

  return { push, take, state: () => save(memory) };
}

function headerOf(run: Run, origin: string, cwd: string | undefined): ChatSessionHeader {
  return {
    ...(run.title === undefined ? {} : { title: run.title, titleSource: 'first-prompt' }),
    ...present('cwd', cwd),
    agent: { name: 'Aider', ...present('version', run.version) },
    fidelity: 'partial',
    fidelityReason: 'Aider writes no times of messages and rounds its token counts.',
    format: formatName,
    origin,
  };
}
