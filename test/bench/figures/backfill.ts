import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCore } from '../../../server/core.ts';
import { importers } from '../../../server/importers/registry.ts';
import { createRedactor } from '../../../server/ingest/redact.ts';
import { alternate, ratioRow, seconds, type Figure } from '../figure.ts';
import { workload } from '../workload.ts';

const records = 40_000;

/** Session files of Claude Code and Codex with the texts of the workload. */
export const backfill: Figure = {
  name: 'backfill',
  async measure(bench) {
    const home = bench.folder();
    const files = writeHome(home);
    const lines = files.flatMap((path) => readFileSync(path, 'utf8').trimEnd().split('\n'));
    const megabytes = files.reduce((sum, path) => sum + readFileSync(path).length, 0) / 1e6;
    const measured = await alternate(bench.runs, async () => {
      const core = createCore({
        dataDirectory: join(bench.folder(), 'data'), importers, redactor: createRedactor(),
        machine: { platform: process.platform, home, env: {}, vscodeUserDirectories: [] },
      });
      const taken = await seconds(() => core.import({ sources: ['claude-code', 'codex'] }));
      const { sessions } = core.stats();
      await core.close();
      if (sessions !== files.length) throw new Error(`${sessions} of ${files.length} generated sessions were imported.`);
      return megabytes / taken;
    }, async () => megabytes / await seconds(() => lines.forEach((line) => JSON.parse(line) as unknown)));
    return [ratioRow({ figure: 'backfill of Claude Code and Codex files', unit: 'MB/s', against: 'JSON.parse of the same lines', ...measured }, { atLeast: 0.3 })];
  },
};

function writeHome(home: string): string[] {
  const claude = join(home, '.claude/projects/-home-ada-work-app');
  const codex = join(home, '.codex/sessions/2026/11/20');
  for (const folder of [claude, codex]) mkdirSync(folder, { recursive: true });
  const texts = [...workload(records, 17)].filter(({ type }) => type === 'dev.daybook.chat.message').map(({ data }) => JSON.stringify(data).slice(0, 4_000));
  const files: string[] = [];
  for (let from = 0, session = 0; from < texts.length; from += 100, session++) {
    const id = `00000000-0000-4000-8000-${String(session).padStart(12, '0')}`;
    const some = texts.slice(from, from + 100);
    const path = session % 2 === 0 ? join(claude, `${id}.jsonl`) : join(codex, `rollout-2026-11-20T10-00-00-${id}.jsonl`);
    writeFileSync(path, (session % 2 === 0 ? claudeLines(id, some) : codexLines(id, some)).map((line) => `${JSON.stringify(line)}\n`).join(''));
    files.push(path);
  }
  return files;
}

function at(number: number): string {
  return new Date(Date.UTC(2026, 10, 20, 10) + number * 1_000).toISOString();
}

function claudeLines(sessionId: string, texts: readonly string[]): object[] {
  return texts.map((text, number) => {
    const common = { sessionId, uuid: `${sessionId}-${number}`, timestamp: at(number), cwd: '/home/ada/work/app', version: '2.1.0', gitBranch: 'main' };
    if (number % 2 === 0) return { ...common, type: 'user', message: { role: 'user', content: text } };
    const usage = { input_tokens: 10, output_tokens: 20, cache_read_input_tokens: 30 };
    return { ...common, type: 'assistant', message: { id: `msg_${sessionId}_${number}`, role: 'assistant', model: 'claude-opus-4', content: [{ type: 'text', text }], usage } };
  });
}

function codexLines(id: string, texts: readonly string[]): object[] {
  const meta = { timestamp: at(0), type: 'session_meta', payload: { id, timestamp: at(0), cwd: '/home/ada/work/app', originator: 'codex_cli_rs', cli_version: '0.130.0' } };
  return [meta, ...texts.map((text, number) => {
    const role = number % 2 === 0 ? 'user' : 'assistant';
    return { timestamp: at(number), type: 'response_item', payload: { type: 'message', role, content: [{ type: role === 'user' ? 'input_text' : 'output_text', text }] } };
  })];
}
