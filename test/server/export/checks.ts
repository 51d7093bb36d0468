/** For each format: is what it wrote valid, and does it hold what it was given? Each check reads with another program than the exporter. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parquetReadObjects, asyncBufferFromFile } from 'hyparquet';
import { zstdDecompressSync } from 'node:zlib';
import type { DaybookRecord } from '../../../shared/record.ts';
import type { SessionDocument } from '../../../shared/results.ts';
import { askDuckDb, contentHash, filesOf, linesOf, readWithDuckDb, readWithExcel, type Read } from './readers.ts';
import { checkSchema } from './schemas.ts';
import { questionsOf, type Message } from './expected.ts';
import { byId, diffOf, provenBy, type Given, type Pair } from './given.ts';

/** @returns how many items it found */
type Check = (output: string, given: Given) => number | Promise<number>;

const reads = (records: readonly DaybookRecord[]): Read[] => records.map((record) => ({ ...record, data: JSON.stringify(record.data) }));

function sameRecords(read: readonly Read[], { records }: Given): number {
  assert.equal(read.length, records.length);
  assert.equal(contentHash(read), contentHash(reads(records)));
  return read.length;
}

/** The questions in it are those that can be learned from, each as often as it was asked. */
function sameQuestions(read: readonly string[], given: Given): void {
  assert.deepEqual(read.toSorted(), given.sessions.flatMap(questionsOf).map((text) => text.toWellFormed()).sort());
}

const letters = (text: string): string => text.replace(/[^\p{L}\p{N}]+/gu, '');

/** Every word that a person or a model said stands in the document of its session, in their order; in one document, session after session. */
function sameWords(documents: readonly string[], { sessions }: Given): number {
  const whole = documents.length === 1 ? letters(documents[0] ?? '') : undefined;
  let from = 0;
  for (const [at, { session, turns }] of sessions.entries()) {
    const text = whole ?? letters(documents[at] ?? '');
    if (whole === undefined) from = 0;
    for (const { data } of turns.flatMap(({ records }) => records)) {
      for (const part of (data as Partial<Message> | null)?.parts ?? []) {
        const said = part.type === 'text' ? letters(part.content ?? '') : '';
        const found = text.indexOf(said, from);
        assert.ok(found >= 0, `${session.id} lacks ${JSON.stringify(part.content)}`);
        from = found + said.length;
      }
    }
  }
  return sessions.length;
}

/** Documents in the order of their sessions: their names begin with the day, but not with the hour. */
function documentsOf(output: string, { sessions }: Given, read: (text: string) => string = (text) => text): string[] {
  const texts = filesOf(output).filter((file) => !file.endsWith('index.html')).map((file) => read(readFileSync(file, 'utf8')));
  if (texts.length === 1) return texts;
  assert.equal(texts.length, sessions.length);
  const ids = sessions.map(({ session: { id } }) => id).sort((a, b) => b.length - a.length); // the longest that fits
  const named = (text: string): string | undefined => {
    const places = [...text.slice(0, 4_000).matchAll(/Session\W+/g)].map(({ 0: { length }, index }) => index + length);
    return ids.find((id) => places.some((at) => text.startsWith(id, at)));
  };
  const byName = new Map(texts.map((text) => [named(text), text]));
  return sessions.map(({ session: { id } }) => byName.get(id) ?? assert.fail(id));
}

/** Documents that do not name their session are told by their title, and where two have one, by their words. */
function titledWords(output: string, { records, sessions }: Given): number {
  const texts = filesOf(output).filter((file) => file.endsWith('.md')).map((file) => readMarkdown(readFileSync(file, 'utf8')));
  assert.equal(texts.length, sessions.length);
  const byTitle = Map.groupBy(texts, (text) => letters(/^# (.*)$/m.exec(text)?.[1] ?? ''));
  for (const session of sessions) {
    const isOf = (text: string): boolean => {
      try {
        return sameWords([text], { records, sessions: [session] }) === 1;
      } catch {
        return false; // of another session with this title
      }
    };
    assert.ok(byTitle.get(letters(session.session.title))?.some(isOf), session.session.id);
  }
  return texts.length;
}

/** Without the tags that are Daybook's own, and with what it wrote as entities. */
function readMarkdown(markdown: string): string {
  return markdown.replace(/<\/?(details|summary|code)>/g, ' ').replace(/&(lt|gt|amp|#91|#93);/g, (entity) => ({ '&lt;': '<', '&gt;': '>', '&amp;': '&' })[entity] ?? ' ');
}

function plain(html: string): string {
  const text = html.replace(/<(style|script)>[\s\S]*?<\/\1>/g, '').replace(/<[^<>]*>/g, ' ');
  return text.replace(/&(lt|gt|quot|#39|amp);/g, (entity) => ({ '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' })[entity] ?? '');
}

export const checks: Readonly<Record<string, Check>> = {
  jsonl(output, given) {
    const events = linesOf(output) as DaybookRecord[];
    for (const event of events) checkSchema('cloudEvent', event);
    assert.deepEqual(events, JSON.parse(JSON.stringify(given.records)));
    return sameRecords(reads(events), given);
  },

  json(output, given) {
    const events = JSON.parse(readFileSync(output, 'utf8')) as DaybookRecord[];
    for (const event of events) checkSchema('cloudEvent', event);
    return sameRecords(reads(events), given);
  },

  async csv(output, given) {
    return sameRecords(await readWithDuckDb(`read_csv([${filesOf(output).map((file) => `'${file}'`).join(', ')}], header = true, all_varchar = true, strict_mode = true)`), given);
  },

  async parquet(output, given) {
    const ids = new Set(given.records.map(({ id }) => id));
    for (const path of filesOf(output)) {
      const rows = await parquetReadObjects({ file: await asyncBufferFromFile(path), compressors: { ZSTD: (bytes) => zstdDecompressSync(bytes) } });
      for (const row of rows) assert.ok(ids.has(String(row['id'])));
    }
    return sameRecords(await readWithDuckDb(`read_parquet([${filesOf(output).map((file) => `'${file}'`).join(', ')}])`), given);
  },

  async xlsx(output, given) {
    const rows = await readWithExcel(output);
    assert.equal(rows.length, given.records.length);
    for (const [at, record] of given.records.entries()) {
      const { id, time, data } = rows[at] ?? {};
      const whole = JSON.stringify(record.data);
      assert.equal(id, record.id);
      assert.ok(Math.abs((time as Date).getTime() - Date.parse(record.time)) <= 1, 'times are days and parts of days, rounded');
      if (whole.length <= 32_767) assert.equal(data, whole);
      else assert.ok(String(data).endsWith('… (cut)') && whole.startsWith(String(data).slice(0, 32_000)));
    }
    return rows.length;
  },

  markdown: titledWords,

  text: (output, given) => sameWords(documentsOf(output, given), given),

  html: (output, given) => sameWords(documentsOf(output, given, plain), given),

  openai(output, given) {
    const examples = linesOf(output) as { messages: Message[] }[];
    for (const example of examples) {
      checkSchema('openai', example);
      pairedCalls(example.messages);
    }
    sameQuestions(examples.flatMap(({ messages }) => messages.flatMap(({ role, content }) => (role === 'user' ? [content ?? ''] : []))), given);
    return examples.length;
  },

  sharegpt(output, given) {
    const examples = linesOf(output) as { conversations: { from: string; value: string }[]; tools?: string }[];
    for (const example of examples) {
      checkSchema('sharegpt', example);
      if (example.tools !== undefined) assert.ok(Array.isArray(JSON.parse(example.tools)));
      for (const [at, { from, value }] of example.conversations.entries()) {
        assert.ok((at % 2 === 0 ? ['human', 'observation'] : ['gpt', 'function_call']).includes(from), `${from} at ${at}`);
        if (from === 'function_call') for (const call of [JSON.parse(value) as unknown].flat()) assert.equal(typeof (call as { name?: unknown }).name, 'string');
      }
      assert.equal(example.conversations.at(-1)?.from, 'gpt');
    }
    let at = 0; // in the order of the sessions, some of which are left out
    for (const { conversations } of examples) {
      const words = conversations.filter((_, at) => at % 2 === 0).map(({ value }) => letters(value)).join('');
      const isOf = (session: SessionDocument): boolean => questionsOf(session).length > 0 && questionsOf(session).every((question) => words.includes(letters(question)));
      at = given.sessions.findIndex((session, index) => index >= at && isOf(session)) + 1;
      assert.ok(at > 0, words);
    }
    return examples.length;
  },

  alpaca(output, given) {
    const examples = linesOf(output) as { instruction: string; history?: [string, string][] }[];
    for (const example of examples) checkSchema('alpaca', example);
    const asked = new Set(given.sessions.flatMap(questionsOf).map((text) => text.toWellFormed()));
    for (const { instruction, history = [] } of examples) {
      for (const question of [instruction, ...history.map(([each]) => each)]) assert.ok(asked.has(question) || [...asked].some((text) => question.includes(text)), question);
    }
    return examples.length;
  },

  huggingface(output, given) {
    const examples = linesOf(output) as { messages: Message[] }[];
    for (const example of examples) checkSchema('conversational', example);
    sameQuestions(examples.flatMap(({ messages }) => messages.flatMap(({ role, content }) => (role === 'user' ? [content ?? ''] : []))), given);
    return examples.length;
  },

  preference(output, given) {
    const pairs = linesOf(output) as Pair[];
    for (const pair of pairs) {
      checkSchema('preference', pair);
      assert.equal(pair.prompt[0]?.role, 'user');
      const [rejected, chosen] = provenBy(pair.labels[0], given);
      if (pair.labels[0]?.kind === 'call-replaced') {
        assert.ok(/denied|cancelled|failed/.test(JSON.stringify(rejected)) && JSON.stringify(chosen).includes('succeeded'));
        assert.deepEqual([pair.chosen.length, pair.rejected.length], [1, 1]);
      } else if (pair.labels[0]?.kind === 'edit-reverted') {
        assert.notEqual(JSON.stringify(pair.chosen), JSON.stringify(pair.rejected));
      } else {
        assert.ok(JSON.stringify(rejected).includes('superseded') && !JSON.stringify(chosen).includes('superseded'));
      }
    }
    return pairs.length;
  },

  labels(output, given) {
    const all = linesOf(output) as { label: string; session: string; records: string[] }[];
    const known = byId(given.records);
    for (const line of all) {
      const { records, session, label } = line;
      checkSchema('label', line);
      assert.equal(known.get(records[0] ?? '')?.sessionid, session);
      if (!/^(edit|tests)-/.test(label)) for (const id of records) assert.equal(known.get(id)?.sessionid, session);
      const times = records.map((id) => known.get(id)?.time ?? assert.fail(id));
      assert.deepEqual(times, times.toSorted());
    }
    return all.length;
  },

  async progsnap2(output, given) {
    const read = (name: string): Promise<Record<string, unknown>[]> => askDuckDb(`SELECT * FROM read_csv('${output}/${name}', header = true, all_varchar = true, strict_mode = true)`);
    const properties: Readonly<Record<string, unknown>> = Object.fromEntries((await read('DatasetMetadata.csv')).map((each) => [String(each['Property']), each['Value']]));
    assert.deepEqual([properties['IsEventOrderingConsistent'], properties['EventOrderScope'], properties['CodeStateRepresentation']], ['true', 'Global', 'Table']);
    const states = new Set((await read('CodeStates/CodeStates.csv')).map((each) => each['CodeStateID']));
    const events = await read('MainTable.csv');
    assert.deepEqual(events.map((event) => event['EventID']), given.records.map(({ id }) => id));
    for (const [at, event] of events.entries()) {
      for (const column of ['EventID', 'SubjectID', 'EventType', 'ToolInstances', 'CodeStateID']) assert.ok(event[column], `${column} is required`);
      assert.ok(states.has(event['CodeStateID']));
      assert.match(String(event['EventType']), /^(File\.(Open|Edit|Save|Close|Create|Rename|Delete)|X-.+)$/);
      if (String(event['EventType']).startsWith('File.')) assert.ok(event['CodeStateSection']);
      assert.equal(event['EditType'], event['EventType'] === 'File.Edit' ? 'GenericEdit' : null);
      assert.deepEqual([event['Order'], `${String(event['ClientTimestamp'])}Z`], [String(at + 1), given.records[at]?.time]);
    }
    return events.length;
  },

  'next-edit'(output, given) {
    const edits = linesOf(output) as { input: string; output: string; events: string; record: string }[];
    for (const edit of edits) {
      checkSchema('nextEdit', edit);
      const diff = diffOf(edit.record, given);
      const [, ...hunks] = diff.split(/^@@.*\n/m);
      const sides = hunks.map((hunk) => ['+', '-'].map((other) => hunk.split('\n').filter((line) => line !== '' && !line.startsWith(other)).map((line) => `${line.slice(1)}\n`).join('')));
      assert.ok(sides.some(([before, after]) => before === edit.input && after === edit.output), diff);
    }
    return edits.length;
  },

  'fill-in-the-middle'(output, given) {
    const examples = linesOf(output) as { prefix: string; middle: string; suffix: string; record: string }[];
    for (const example of examples) {
      checkSchema('fillInTheMiddle', example);
      const after = diffOf(example.record, given).split('\n').filter((line) => /^[ +]/.test(line)).map((line) => `${line.slice(1)}\n`).join('');
      assert.ok(after.includes(example.prefix + example.middle + example.suffix), after);
      assert.notEqual(example.prefix + example.suffix, '');
    }
    return examples.length;
  },

  atif(output) {
    const trajectories = filesOf(output).map((file) => JSON.parse(readFileSync(file, 'utf8')) as Trajectory);
    for (const trajectory of trajectories) {
      checkSchema('atif', trajectory);
      for (const [at, { step_id: id, tool_calls: calls = [], observation }] of trajectory.steps.entries()) {
        assert.equal(id, at + 1);
        for (const { source_call_id: answered } of observation?.results ?? []) assert.ok(calls.some(({ tool_call_id: called }) => called === answered));
      }
      assert.equal(trajectory.final_metrics.total_steps, trajectory.steps.length);
    }
    return trajectories.length;
  },

  otlp(output) {
    const lines = linesOf(output) as Traces[];
    const ids = new Set<string>();
    for (const line of lines) {
      checkSchema('otlp', line);
      const spans = line.resourceSpans[0]?.scopeSpans[0]?.spans ?? [];
      for (const span of spans) {
        assert.ok(!ids.has(span.traceId + span.spanId), 'the same span twice');
        ids.add(span.traceId + span.spanId);
        assert.ok(BigInt(span.endTimeUnixNano) >= BigInt(span.startTimeUnixNano), `${span.name} ends before it begins`);
        if (span.parentSpanId !== undefined) assert.ok(spans.some(({ traceId, spanId }) => traceId === span.traceId && spanId === span.parentSpanId));
        for (const { key, value } of span.attributes) if (/^gen_ai\.(in|out)put\.messages$/.test(key)) checkSchema('genAiMessages', JSON.parse(value.stringValue ?? ''));
        assert.ok(span.attributes.some(({ key }) => key === 'gen_ai.operation.name'));
      }
    }
    return lines.length;
  },
};

interface Trajectory {
  readonly steps: readonly {
    readonly step_id: number;
    readonly tool_calls?: readonly { readonly tool_call_id: string }[];
    readonly observation?: { readonly results: readonly { readonly source_call_id: string }[] };
  }[];
  readonly final_metrics: { readonly total_steps: number };
}

interface Traces {
  readonly resourceSpans: readonly {
    readonly scopeSpans: readonly {
      readonly spans: readonly {
        readonly traceId: string; readonly spanId: string; readonly parentSpanId?: string; readonly name: string;
        readonly startTimeUnixNano: string; readonly endTimeUnixNano: string;
        readonly attributes: readonly { readonly key: string; readonly value: { readonly stringValue?: string } }[];
      }[];
    }[];
  }[];
}

/** Each call but those of the last message is answered at once, each answer was called for, and the model has the last word. */
function pairedCalls(messages: readonly Message[]): void {
  let waiting: string[] = [];
  for (const { role, tool_calls: calls = [], tool_call_id: answered } of messages) {
    if (role === 'tool') assert.equal(answered, waiting.shift());
    else assert.deepEqual(waiting, []);
    waiting = [...waiting, ...calls.map(({ id }) => id)];
  }
  assert.deepEqual([messages.at(-1)?.role, messages[0]?.role], ['assistant', 'user']);
  assert.deepEqual(waiting, (messages.at(-1)?.tool_calls ?? []).map(({ id }) => id));
}
