import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Connection } from 'vscode-languageserver';
import { diagnosticsOf } from '../../server/diagnostics.ts';
import { importers } from '../../server/importers/registry.ts';
import { createRedactor } from '../../server/ingest/redact.ts';
import { createCore, type Core } from '../../server/core.ts';
import { openSessionLog } from '../../server/lsp/sessionLog.ts';
import { daybook } from '../server/cli/running.ts';
import { folderForEachTest } from '../support/folder.ts';
import { createDraw } from './random.ts';
import { plantSessionFiles } from './sessionFiles.ts';
import { secretsOf, type Secret } from './shapes.ts';

/** What is no secret to any rule, and nobody's business all the same. */
const private_ = ['Kirschbaumweg', 'projekt-nachtfalter', 'frau.lindqvist'];

describe('secrets and words of the record, run through failures', () => {
  const at = folderForEachTest();

  it('are nowhere in the log at its most talkative, in the diagnostics, nor in what the channel is told', async function () {
    this.timeout(120_000);
    const draw = createDraw(5);
    const secrets = secretsOf(draw).filter((_, index) => index % 3 === 0);
    const words = [...private_, ...secrets.flatMap(({ parts }) => parts)];
    const data = join(at.path, 'data');
    const tools = join(at.path, 'tools');
    const told: string[] = [];
    const log = openSessionLog(channel(told), data, { settings: { level: 'trace', levels: {}, channel: 'trace' }, redact: createRedactor().now });
    const machine = { platform: 'linux' as const, home: at.path, env: {}, vscodeUserDirectories: [] };
    const core = log.starting(() => createCore({ dataDirectory: data, machine, importers, redactor: createRedactor(), log }));
    log.started(words[0] ?? '');

    plantSessionFiles(tools, secrets);
    for (const name of readdirSync(tools).slice(0, 3)) writeFileSync(join(tools, `${name}-broken.jsonl`), `{"type":"user","cwd":"/${private_[1]}`);
    await core.import({ from: [tools] });
    await failing(core, secrets, at.path);
    for (const word of [...private_, ...secrets.map(({ text }) => text)]) {
      log.warn(word, `It could not be read: token="${word}".`);
      log.write('ingest.failed', { records: 1, error: Object.assign(new Error(word), { code: word }) as never });
      log.write('cli.done', { command: word as never, ms: 1 });
    }
    const markdown = await diagnosticsOf({ core, version: '1.0.0', usualDirectory: data, sources: importers.map(({ source }) => source), redactor: createRedactor() }, [
      { title: 'Editor', facts: [['Name', 'Code'], ['Folder', `/home/ada/${private_[1]}`], [`<b>${private_[0]}`, '1']] },
    ]);
    await core.close();
    log.ended(0);
    await daybook(['search', '(', private_[0] ?? '', ...secrets.map(({ text }) => text), '--data-dir', data], { folder: at.path });
    await daybook(['show', secrets[0]?.text ?? '', '--data-dir', data], { folder: at.path });
    const { out } = await daybook(['doctor', '--diagnostics', '--data-dir', data], { folder: at.path });

    const lines = readFileSync(join(data, 'logs/daybook.jsonl'), 'utf8');
    for (const event of ['lsp.started', 'import.read', 'ingest.rejected', 'search.answered', 'export.failed', 'forget.failed', 'lsp.warned', 'cli.failed', 'cli.done']) {
      assert.ok(lines.includes(`"event":"${event}"`), event);
    }
    for (const text of [markdown, out]) for (const part of ['## Sizes and counts', '## Health', '| daybook |', 'ingest']) assert.ok(text.includes(part), part);
    assert.ok(markdown.includes('| Name | Code |') && !markdown.includes('/home'));
    for (const word of words) for (const text of [lines, markdown, out]) assert.ok(!text.includes(word), `${word} in ${text.slice(Math.max(0, text.indexOf(word) - 200), text.indexOf(word) + 100)}`);
    for (const text of [lines, markdown, out]) assert.ok(!text.includes(at.path) && !text.includes('"message"'), 'a path');
    for (const { text } of secrets) assert.ok(!told.some((message) => message.includes(text)), `${text} was told to the channel`);
    assert.ok(told.some((message) => message.includes('[redacted:')));
  });
});

/** Whatever can be made to fail, with names and queries that are secret. */
async function failing(core: Core, secrets: readonly Secret[], folder: string): Promise<void> {
  mkdirSync(join(folder, 'out'), { recursive: true });
  for (const { text } of secrets.slice(0, 5)) {
    await core.record([{ family: 'events', kind: text }, { family: text }, text, { family: 'events', kind: 'note', time: text }], text);
    core.search({ query: `kind:${text} "${private_[0]}` });
    await assert.rejects(core.forget({ sessions: [text] }));
    await assert.rejects((await core.exports()).run({ format: text, output: join(folder, 'out', 'x') }));
    await assert.rejects((await core.exports()).run({ format: 'csv', selection: { query: `(${text}` }, output: join(folder, 'out', private_[0] ?? '') }));
    await assert.rejects(core.redact({ query: `(${text}` }));
  }
}

/** An editor's output channel. */
function channel(told: string[]): Connection {
  const say = (message: string): void => void told.push(message);
  return { console: { error: say, warn: say, info: say, debug: say, log: say } } as unknown as Connection;
}
