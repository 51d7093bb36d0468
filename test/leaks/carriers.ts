/** What a secret may come in: records as their sources make them, one function for each. */

import { typeOf, type DaybookRecord, type Family } from '../../shared/record.ts';
import type { Draw } from './random.ts';
import { keyFile, type Secret } from './shapes.ts';

interface Carrier {
  readonly name: string;
  /** Only secrets that are nothing but themselves can stand there. */
  readonly onlyBare?: true;
  carry(secret: Secret, draw: Draw): Partial<DaybookRecord> & { readonly data: unknown };
}

const esc = '\u001b';
const record = (family: Family, kind: string, data: unknown, rest: Partial<DaybookRecord> = {}): Partial<DaybookRecord> & { readonly data: unknown } =>
  ({ type: typeOf(family, kind), ...rest, data });
const message = (role: string, parts: readonly unknown[]): Partial<DaybookRecord> & { readonly data: unknown } => record('chats', 'message', { role, parts });
const lines = (text: string, mark: string): string => text.split('\n').map((line) => `${mark}${line}`).join('\n');

/** Some characters as JSON, JavaScript and Java write them when they escape more than they must. */
function escaped(text: string, draw: Draw): string {
  return text.split(/(?=.)/s).map((character) => {
    if (character === '/') return '\\/';
    if (character === '\n') return '\\n';
    if (character === '"') return '\\"';
    return draw.below(6) === 0 ? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}` : character;
  }).join('');
}

/** As a tool that marks what it found prints it. */
function coloured(text: string, draw: Draw): string {
  const at = 2 + draw.below(Math.max(1, text.length - 4));
  return `${esc}[32m${text.slice(0, at)}${esc}[m${esc}[1;31m${text.slice(at)}${esc}[0m`;
}

export const carriers: readonly Carrier[] = [
  { name: 'typed text', carry: ({ text }) => record('events', 'editor.edited', { uri: 'file:///work/app/config.ts', changes: 1, diff: `@@ -1,2 +1,4 @@\n import x from 'x';\n${lines(text, '+')}\n }` }) },
  { name: 'removed text', carry: ({ text }) => record('events', 'editor.edited', { uri: 'file:///work/app/.env', changes: 1, diff: `@@ -7 +7 @@\n${lines(text, '-')}\n+removed` }) },
  { name: 'prompt', carry: ({ text }) => message('user', [{ type: 'text', content: `Why does this fail?\n\n${text}\n\nIt worked yesterday.` }]) },
  { name: 'answer', carry: ({ text }) => message('assistant', [{ type: 'text', content: `Use this:\n\n\`\`\`\n${text}\n\`\`\`\nand restart.` }]) },
  { name: 'tool arguments', carry: ({ text }) => message('assistant', [{ type: 'tool_call', id: 'toolu_1', name: 'Write', arguments: { file_path: '/work/app/x', content: `# settings\n${text}\n` } }]) },
  { name: 'JSON in JSON', carry: ({ text }) => message('tool', [{ type: 'tool_call_response', id: 'toolu_1', response: JSON.stringify({ ok: true, body: JSON.stringify({ value: text, at: 1 }) }) }]) },
  { name: 'escapes', carry: ({ text }, draw) => message('tool', [{ type: 'tool_call_response', id: 'toolu_2', response: `{"body":"${escaped(text, draw)}"}` }]) },
  { name: 'command', carry: ({ text }) => record('tool_executions', 'terminal.command', { command: `echo ${text} | tee out.log`, cwd: '/work/app', exitCode: 0, output: '' }) },
  { name: 'coloured output', carry: ({ text }, draw) => record('tool_executions', 'terminal.command', { command: 'env', exitCode: 0, output: `${esc}[1mfound:${esc}[0m ${coloured(text, draw)}\r\n` }) },
  { name: 'log line', carry: ({ text }) => record('tool_executions', 'terminal.command', { command: 'npm start', exitCode: 1, output: `2026-11-20T10:00:00Z WARN [api] refused: ${text.replaceAll('\n', '\n  ')} (401)\n` }) },
  { name: 'commit message', carry: ({ text }) => record('events', 'git.commit', { hash: 'ab'.repeat(20), message: `fix: use the new one\n\n${text}` }) },
  { name: 'title', carry: ({ text }) => record('chats', 'session', { title: `Deploy with ${text}` }, { subject: `Deploy with ${text}` }) },
  { name: 'problem', carry: ({ text }) => record('events', 'diagnostics', { uri: 'file:///a.ts', errors: 1, messages: [`Unexpected token near: ${text}`] }) },
  { name: 'address', onlyBare: true, carry: ({ text }) => record('events', 'note', { text: `see https://api.shop.test/v1/me?access_token=${encodeURIComponent(text)}&page=2` }) },
  { name: 'file name', onlyBare: true, carry: ({ text }) => record('events', 'file.created', { uri: `file:///work/app/uploads/${text}.txt` }, { subject: `uploads/${text}.txt` }) },
  { name: 'argument after its flag', onlyBare: true, carry: ({ text }) => record('tool_executions', 'task', { command: 'deploy', args: ['--verbose', '--token', text, '--dry-run'] }) },
  { name: 'value beside its name', onlyBare: true, carry: ({ text }) => record('tool_executions', 'debug', { env: [{ name: 'LANG', value: 'C' }, { name: 'SERVICE_TOKEN', value: text }] }) },
  { name: 'key of an object', onlyBare: true, carry: ({ text }) => record('events', 'note', { seen: { [text]: 3 } }) },
];

/** What only key files come in. */
export const keyCarriers: readonly { readonly name: string; carry(draw: Draw): { readonly data: unknown; readonly parts: readonly string[] } }[] = [
  { name: 'base64 of a key file', carry(draw) {
    const encoded = Buffer.from(`${keyFile(draw).lines.join('\n')}\n`).toString('base64');
    return { data: { output: `tls.key: ${encoded}\n` }, parts: [encoded.slice(40, 80), encoded.slice(-60, -20)] };
  } },
  { name: 'key file line by line', carry(draw) {
    const { lines: all, parts } = keyFile(draw);
    return { data: { structuredPatch: [{ lines: all.map((line) => `+${line}`) }] }, parts };
  } },
  { name: 'key file in one line', carry(draw) {
    const { lines: all, parts } = keyFile(draw);
    return { data: { command: `printf '${all.join('\\n')}' > key.pem` }, parts };
  } },
  { name: 'key file cut off at its end', carry(draw) {
    const { lines: all, parts } = keyFile(draw);
    return { data: { output: all.slice(0, -2).join('\r\n') }, parts: parts.slice(0, -1) };
  } },
];
