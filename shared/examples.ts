/** One example of each kind that Daybook records: it does not compile without one, and a test records them all. */

import type { Payloads } from './record.ts';

export interface Example<Data> {
  readonly subject?: string;
  readonly actor?: string;
  readonly data: Data;
}

type Examples = { readonly [Of in keyof Payloads]: { readonly [Kind in keyof Payloads[Of]]: Example<Payloads[Of][Kind]> } };

const repository = 'file:///home/ada/shop';
const uri = `${repository}/src/basket.js`;
const startedAt = '2026-11-20T09:30:00.000Z';
const [older, newer] = ['4b825dc642cb6eb9a060e54bf8d69288fbee4904', 'b6fc4c620b67d95f953a5c1c1230aaab5db5a1b0'];
const files = { count: 1, names: ['src/basket.js'] };
const debugging = { session: 'd3b07384', name: 'Launch shop', type: 'node' };
const run = '0197a1c4-5b7e-7c3d-9a10-2f6b1d9e3a10';
const release = { run, name: 'acme.release' };

export const examples: Examples = {
  events: {
    'editor.opened': { subject: 'src/basket.js', data: { uri, languageId: 'javascript', lines: 40 } },
    'editor.edited': {
      subject: 'src/basket.js',
      data: {
        uri, languageId: 'javascript', startedAt, changes: 7, fromDisk: false, ranges: [{ start: 3, end: 3 }], linesAdded: 1, linesRemoved: 0,
        diff: '--- src/basket.js\n+++ src/basket.js\n@@ -2,1 +2,2 @@\n const sum = 0;\n+const tax = 0.2;\n',
      },
    },
    'editor.saved': { subject: 'src/basket.js', data: { uri, languageId: 'javascript', sha256: '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae', lines: 41 } },
    'editor.closed': { subject: 'src/basket.js', data: { uri } },
    'file.created': { subject: 'src/basket.js', data: { uri } },
    'file.renamed': { subject: 'src/basket.js', data: { oldUri: `${repository}/src/cart.js`, uri } },
    'file.deleted': { subject: 'src/basket.js', data: { uri } },
    'file.changed': { subject: 'src/basket.js', actor: 'external', data: { uri } },
    'files.changed': { subject: '2000 files', actor: 'external', data: { count: 2_000, created: 0, changed: 2_000, deleted: 0, names: ['a.js', 'b.js'] } },
    'debug.started': { subject: 'Launch shop', data: { ...debugging, request: 'launch', program: 'src/shop.js' } },
    'debug.exception': { subject: 'Launch shop', data: { session: 'd3b07384', type: 'node', description: 'Paused on exception', text: 'TypeError: price is undefined' } },
    'debug.stopped': { subject: 'Launch shop', data: { ...debugging, exitCode: 1, startedAt, durationMs: 900, exceptions: 1 } },
    'git.commit': { subject: 'Round prices', data: { repository, operation: 'commit', at: startedAt, hash: newer, previous: older, message: 'Round prices', author: 'Ada', files } },
    'git.checkout': { subject: 'main → prices', data: { repository, operation: 'checkout', hash: newer, previous: older, from: 'main', to: 'prices', author: 'Ada', files } },
    'git.merge': { subject: 'merge prices Fast-forward', data: { repository, operation: 'merge prices', hash: newer, previous: older, message: 'Fast-forward', author: 'Ada', files } },
    'git.rebase': { subject: 'rebase (finish) returning to refs/heads/prices', data: { repository, operation: 'rebase (finish)', hash: newer, previous: older, author: 'Ada', files } },
    'git.reset': { subject: 'reset moving to HEAD~1', data: { repository, operation: 'reset', hash: older, previous: newer, message: 'moving to HEAD~1', author: 'Ada', files } },
    'git.moved': { subject: '25 moves of HEAD', data: { repository, operation: 'many', hash: newer, previous: older, message: '5 earlier moves of HEAD at once are not recorded one by one.' } },
    'git.stash': { subject: 'WIP on main: b6fc4c6 Round prices', data: { repository, action: 'pushed', at: startedAt, count: 1, hash: newer, message: 'WIP on main: b6fc4c6 Round prices', files } },
    'git.branch': { subject: 'prices', data: { repository, action: 'created', names: ['prices'], count: 1 } },
    'diagnostics.changed': { subject: 'src/basket.js', data: { uri, counts: { errors: 2, warnings: 0, infos: 0, hints: 0 } } },
    'window.focused': { data: { focused: true } },
    'window.unfocused': { data: { focused: false } },
    'window.active': { data: { focused: true } },
    'window.idle': { data: { focused: true } },
    'extension.installed': { subject: 'acme.tools', data: { id: 'acme.tools', version: '1.2.0' } },
    'extension.removed': { subject: 'acme.tools', data: { id: 'acme.tools', version: '1.2.0' } },
    'extension.updated': { subject: 'acme.tools', data: { id: 'acme.tools', version: '1.3.0', previous: '1.2.0' } },
    'test.run': {
      subject: '1 passed, 1 failed',
      data: {
        runner: 'mocha', parent: run, status: 'failed', passed: 1, failed: 1, skipped: 0, durationMs: 340,
        tests: [{ name: 'totals', suite: ['cart'], outcome: 'failed', message: '1 !== 2' }, { name: 'is empty', suite: ['cart'], outcome: 'passed', durationMs: 2 }],
      },
    },
    'test.coverage': { subject: '81.2 % of 1,204 lines', data: { format: 'lcov', report: 'coverage/lcov.info', lines: { found: 1_204, hit: 978 }, files: [{ path: 'src/basket.js', lines: { found: 40, hit: 31 } }] } },
    'session.marked': { actor: 'user', data: { session: 'claude-code:5f0c9a4e', pinned: true, tags: ['tax'] } },
    'source.problem': { data: { code: 'malformed-line', message: 'Line 3 of a.jsonl is not a JSON object and was skipped.', where: { file: '/home/ada/a.jsonl', line: 3, offset: 120 } } },
    'source.gap': { subject: 'plain shell', data: { code: 'no-shell-integration', message: 'Commands of the terminal plain shell (sh) are not recorded: it has no shell integration.', terminal: 'plain shell', shell: 'sh' } },
  },
  tasks: {
    run: { subject: 'npm: test', data: { run, name: 'npm: test', source: 'npm', status: 'failed', exitCode: 1, command: 'npm test', startedAt, durationMs: 3_240, problems: { errors: 1, warnings: 0, infos: 0, hints: 0 } } },
  },
  tool_executions: {
    'terminal.command': {
      subject: 'npm test',
      data: {
        command: 'npm test', cwd: '/home/ada/shop', exitCode: 1, status: 'failed', startedAt, durationMs: 3_240, output: '> shop@1.0.0 test\n…\n1 failing', outputOmitted: 204_000,
        fullOutput: { type: 'blob', mimeType: 'text/plain', bytes: 304_120, sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', attachment: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855.txt' },
        terminal: 'bash', shell: 'bash',
      },
    },
    'notebook.cell': { subject: 'sales.ipynb', data: { uri: `${repository}/sales.ipynb`, index: 3, languageId: 'python', status: 'succeeded', executionOrder: 4, startedAt, durationMs: 120 } },
    'function.call': { subject: 'lookUp', data: { name: 'lookUp', status: 'succeeded', startedAt, durationMs: 3, input: [4], output: 'four' } },
  },
  workflows: {
    started: { subject: 'acme.release', data: { ...release, resumed: 0 } },
    step: { subject: 'acme.release', data: { ...release, step: 'build', position: 1, status: 'succeeded', startedAt, durationMs: 90, result: { version: '1.2.0' } } },
    checkpoint: { subject: 'acme.release', data: { ...release, state: { uploaded: 3 } } },
    ended: { subject: 'acme.release', data: { ...release, status: 'failed', error: { name: 'Error', message: 'The server said 503.' } } },
  },
  chats: {
    session: { data: { title: 'Tax without cents', titleSource: 'ai', cwd: '/home/ada/shop', agent: { name: 'claude-code', version: '2.0.1' }, fidelity: 'full', format: 'claude-code-jsonl', origin: '/home/ada/.claude/projects/shop/5f0c9a4e.jsonl' } },
    message: {
      data: {
        role: 'assistant', responseId: 'r1', model: 'sonnet', usage: { inputTokens: 1_200, outputTokens: 80 },
        parts: [{ type: 'text', content: 'The tax was rounded twice.' }, { type: 'tool_call', id: 't1', name: 'Edit', arguments: { file_path: '/home/ada/shop/src/basket.js' } }],
      },
    },
    unknown: { data: { nativeType: 'hologram', raw: { type: 'hologram', note: 'blue' } } },
  },
};
