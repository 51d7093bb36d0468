/**
 * Generated work, the same for the same seed: a developer and some agents, day by day. Texts are lines of real code and prose from packages
 * that every install has, so that words are as frequent, and text as compressible, as they are in life. One record at a time, in the order
 * of time; nothing is held.
 */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { typeOf, type DaybookRecord, type Family } from '../../shared/record.ts';
import { seeded } from '../server/durability/random.ts';

const packages = join(import.meta.dirname, '../../node_modules');

/** Words that occur exactly as often as they say, in a workload of at least 10,000 records. */
export const planted = { once: 'zyzzogeton', sometimes: 'quixotry', everySometimes: 5_000, threeWords: ['heliotrope', 'manometer', 'kerfuffle'] } as const;
/** A word of every third record. */
export const commonWord = 'function';

interface Texts {
  readonly code: readonly string[];
  readonly prose: readonly string[];
}

function lines(paths: readonly string[], wanted: (line: string) => boolean): string[] {
  return paths.flatMap((path) => readFileSync(join(packages, path), 'utf8').split('\n').filter(wanted));
}

function texts(): Texts {
  return {
    code: lines(['typescript/lib/typescript.js'], (line) => line.length > 2 && line.length < 140).slice(0, 120_000),
    prose: lines(
      ['mocha/CHANGELOG.md', 'commander/Readme.md', 'esbuild/README.md', 'diff/README.md', 'fast-check/README.md', 'valibot/README.md', 'typescript/README.md']
        .filter((path) => exists(path)), (line) => line.length > 20 && line.length < 400,
    ),
  };
}

function exists(path: string): boolean {
  try {
    readFileSync(join(packages, path));
    return true;
  } catch {
    return false;
  }
}

const commands = ['npm test', 'git status', 'git diff', 'npm run build', 'cargo check', 'pytest -x -q', 'ls -la src', 'git push', 'node --test', 'docker compose up -d'];
const folders = ['core', 'ui', 'api', 'store', 'jobs'];
const tools = ['Read', 'Edit', 'Bash', 'Grep', 'Write'];
/** A working day has about 22,000 records in nine hours. */
const recordsADay = 22_000;
const dayMs = 86_400_000;
const workMs = 9 * 3_600_000;
/** Midnight of the last day: what comes last is today's. */
export const lastDay = Date.UTC(2026, 10, 20);

/**
 * Parsed from JSON, as records come from an editor or a session file: a text put together in memory is a tree of its pieces, and who reads it
 * first would pay for the others.
 * @param count how many; the last of them lie on `lastDay`
 */
export function* workload(count: number, seed = 7): Generator<DaybookRecord> {
  for (const record of work(count, seed)) yield JSON.parse(JSON.stringify(record)) as DaybookRecord;
}

function* work(count: number, seed: number): Generator<DaybookRecord> {
  const random = seeded(seed);
  const { code, prose } = texts();
  const below = (limit: number): number => Math.floor(random() * limit);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  const hex = (digits: number): string => Array.from({ length: digits }, () => below(16).toString(16)).join('');
  const block = (from: readonly string[], characters: number): string => {
    let text = '';
    for (let at = below(from.length); text.length < characters; at = (at + 1) % from.length) text += `${from[at] ?? ''}\n`;
    return text.slice(0, characters);
  };
  const size = (): number => {
    const roll = random();
    return roll < 0.005 ? 16_000 + random() * 8_000 : roll < 0.045 ? 1_000 + random() * 3_000 : 40 + random() * 220;
  };
  const diff = (characters: number): string => block(code, characters).split('\n').map((line) => `${pick([' ', ' ', ' ', '+', '-'])}${line}`).join('\n');
  const outputs = Array.from({ length: 200 }, () => block(random() < 0.5 ? code : prose, 60 + random() * 1_200));

  let chat = { id: hex(32), left: 100, workspace: 'file:///home/ada/work/app0' };
  for (let number = 0; number < count; number++) {
    const fromEnd = count - 1 - number;
    const day = lastDay - Math.floor(fromEnd / recordsADay) * dayMs;
    const within = recordsADay - 1 - (fromEnd % recordsADay);
    const ms = day + 8 * 3_600_000 + Math.floor((within / recordsADay) * workMs);
    const time = new Date(ms).toISOString();
    const workspace = `file:///home/ada/work/app${below(4)}`;
    const path = `src/${pick(folders)}/module${below(60)}.ts`;
    const uri = `${workspace}/${path}`;
    const stamp = ms.toString(16).padStart(12, '0');
    const id = `${stamp.slice(0, 8)}-${stamp.slice(8)}-7${hex(3)}-a${hex(3)}-${hex(12)}`;
    const session = `coding:${Math.floor(ms / 5_400_000)}-${workspace.slice(-1)}`;
    const event = (family: Family, kind: string, source: string, data: object, subject = path): DaybookRecord => ({
      specversion: '1.0', id, source, type: typeOf(family, kind), time, subject, sessionid: session, workspace, actor: 'user', data,
    });
    const seedling = number === Math.floor(count / 3) ? ` ${planted.once}` : number % planted.everySometimes === 17 ? ` ${planted.sometimes}`
      : number % 20_011 === 11 ? ` ${planted.threeWords.join(' ')}` : '';
    const roll = random();
    if (roll < 0.26) yield event('events', 'editor.edited', 'lsp', { uri, languageId: 'typescript', changes: below(30), startedAt: time, linesAdded: below(9), linesRemoved: below(5), diff: diff(size()) + seedling });
    else if (roll < 0.4) yield event('events', 'editor.saved', 'lsp', { uri, languageId: 'typescript', lines: below(400), sha256: createHash('sha256').update(`${uri}${below(50)}`).digest('hex') });
    else if (roll < 0.45) yield event('events', 'editor.opened', 'lsp', { uri, languageId: 'typescript', lines: below(400) });
    else if (roll < 0.48) yield event('events', 'editor.closed', 'lsp', { uri });
    else if (roll < 0.49) yield event('events', 'file.renamed', 'lsp', { oldUri: `${uri}.old`, uri });
    else if (roll < 0.53) yield event('events', 'diagnostics', 'vscode', { uri, errors: below(4), warnings: below(9) });
    else if (roll < 0.54) yield event('events', 'git.commit', 'vscode', { hash: hex(40), branch: 'main', message: block(prose, 60), files: [path] }, 'git commit');
    else if (roll < 0.57) yield event('events', 'test.run', 'vscode', { framework: 'mocha', passed: below(400), failed: below(3), durationMs: below(60_000) }, 'npm test');
    else if (roll < 0.575) yield event('events', 'debug.stopped', 'vscode', { type: 'node', program: uri, exitCode: below(2) });
    else if (roll < 0.68) {
      const command = pick(commands);
      const output = random() < 0.8 ? `${pick(outputs)}\n${below(99_999)} ms` : block(code, size());
      yield event('tool_executions', 'terminal.command', 'vscode', { command, cwd: '/home/ada/work', status: random() < 0.8 ? 'succeeded' : 'failed', exitCode: below(2), startedAt: time, durationMs: below(9_000), output: output + seedling, shell: 'bash' }, command);
    } else {
      if (chat.left-- <= 0) chat = { id: hex(32), left: 20 + below(180), workspace };
      const name = `claude-code:${chat.id}`;
      const common = { specversion: '1.0' as const, id: `${name}:${hex(24)}`, source: 'claude-code', type: typeOf('chats', 'message'), time, sessionid: name, workspace: chat.workspace };
      const kind = random();
      if (kind < 0.25) yield { ...common, actor: 'user', data: { role: 'user', parts: [{ type: 'text', content: block(prose, size()) + seedling }] } };
      else if (kind < 0.6) {
        const call = { type: 'tool_call', id: `toolu_${hex(20)}`, name: pick(tools), arguments: { file_path: `/home/ada/work/${path}`, old_string: block(code, size() / 2), new_string: block(code, size() / 2) } };
        const usage = { inputTokens: below(9_999), cacheReadTokens: below(90_000), outputTokens: below(999) };
        yield { ...common, actor: 'agent:claude-code', data: { role: 'assistant', model: 'claude-opus-4', responseId: `msg_${hex(20)}`, usage, parts: [{ type: 'text', content: block(prose, size()) + seedling }, call] } };
      } else yield { ...common, actor: 'agent:claude-code', data: { role: 'tool', parts: [{ type: 'tool_call_response', id: `toolu_${hex(20)}`, status: 'succeeded', response: block(code, size()) + seedling }] } };
    }
  }
}

/** Arrays of at most `size` records. */
export function* batches(records: Iterable<DaybookRecord>, size: number): Generator<DaybookRecord[]> {
  let batch: DaybookRecord[] = [];
  for (const record of records) {
    batch.push(record);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
