/** An editor window at work: one document that is typed in and saved, and commands that are run. */

import type { RunningServer } from '../support/languageServer.ts';
import { seeded } from '../server/durability/random.ts';

export interface EditorWindow {
  readonly server: RunningServer;
  readonly uri: string;
  /** What the document was opened with, and what it says now. */
  readonly texts: { readonly before: string; now: string };
  /** Ids of records that the server has acknowledged. */
  readonly acknowledged: string[];
  readonly saves: () => number;
  /** Some minutes of typing, a save now and then, a command now and then. */
  work(): Promise<void>;
}

const words = ['const total = sum(items);', 'return total;', 'expect(total).toBe(3);', '// why it fails', 'await login(user);', '}', ''] as const;

export async function openWindow(server: RunningServer, number: number): Promise<EditorWindow> {
  const random = seeded(number + 1);
  const uri = `file:///w/window${number}.ts`;
  const texts = { before: `// window ${number}\n`, now: `// window ${number}\n` };
  const acknowledged: string[] = [];
  let [version, saves, commands] = [1, 0, 0];
  await server.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'typescript', version, text: texts.before } });

  async function type(): Promise<void> {
    const lines = texts.now.split('\n');
    const line = Math.floor(random() * lines.length);
    const text = `${words[Math.floor(random() * words.length)] ?? ''} ${Math.floor(random() * 1_000)}\n`;
    // A document stays as long as one that people write: for a line that comes, another one goes.
    const end = lines.length > 200 ? { line: line + 1, character: 0 } : { line, character: 0 };
    const isLast = end.line >= lines.length;
    texts.now = [...lines.slice(0, line), text.slice(0, -1), ...lines.slice(isLast ? line : end.line)].join('\n');
    const range = { start: { line, character: 0 }, end: isLast ? { line, character: 0 } : end };
    await server.notify('textDocument/didChange', { textDocument: { uri, version: ++version }, contentChanges: [{ range, text }] });
  }

  return {
    server, uri, texts, acknowledged,
    saves: () => saves,
    async work() {
      for (let left = 1 + Math.floor(random() * 6); left > 0; left--) await type();
      if (random() < 0.4) {
        saves++;
        await server.notify('textDocument/didSave', { textDocument: { uri } });
      }
      if (random() < 0.3) {
        const id = `window:${number}:${commands++}`;
        const data = { command: `npm test ${number}`, startedAt: new Date().toISOString(), status: random() < 0.2 ? 'failed' : 'succeeded', output: `ran ${id}` };
        const { accepted } = await server.request('daybook/record', { records: [{ family: 'tool_executions', kind: 'terminal.command', id, data }] });
        if (accepted === 1) acknowledged.push(id);
      }
    },
  };
}
