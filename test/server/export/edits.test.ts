import assert from 'node:assert/strict';
import { join } from 'node:path';
import { createExports } from '../../../server/export/flow.ts';
import type { DaybookRecord } from '../../../shared/record.ts';
import type { SessionDocument } from '../../../shared/results.ts';
import { folderForEachTest } from '../../support/folder.ts';
import { diff } from './proven.ts';
import { linesOf } from './readers.ts';
import { untouched } from './untouched.ts';

const time = '2026-11-20T10:00:00.000Z';

function sessionOf(...bursts: readonly object[]): SessionDocument {
  const records = bursts.map((data, at): DaybookRecord => ({
    specversion: '1.0', id: `b${at}`, source: 'lsp', type: 'dev.daybook.event.editor.edited', time, subject: 'src/login.ts', actor: 'user', data: { languageId: 'typescript', ...data },
  }));
  return {
    session: { id: 's', kind: 'coding', source: 'lsp', title: '', workspace: null, startedAt: time, endedAt: time, turns: 0, prompts: 0, replies: 0, toolExecutions: 0, usage: {} },
    turns: [{ index: 1, startedAt: time, endedAt: time, records }],
  };
}

const two = ['--- a', '+++ a', '@@ -1,3 +1,4 @@', ' one', '+two', ' three', '-four', '+five', '@@ -20,2 +21,1 @@', ' twenty', '-gone', ''].join('\n');

describe('exports of edits', () => {
  const at = folderForEachTest();
  let count = 0;
  async function written(format: string, session: SessionDocument, options: Readonly<Record<string, string>> = {}): Promise<unknown[]> {
    const output = join(at.path, `${count++}.jsonl`);
    await createExports({ records: () => [], sessions: () => [session], outline: () => [] }, untouched).run({ format, output, options });
    return linesOf(output);
  }

  it('next-edit has the lines before and after, the edits before it, and how many of those are not known', async () => {
    const session = sessionOf({ diff }, { diffOmitted: 'diff-too-large' }, { diffOmitted: 'no-visible-change' }, { diff: two });
    const [first, second, third] = await written('next-edit', session);
    assert.deepEqual(first, {
      events: '', path: 'src/login.ts', language: 'typescript', actor: 'user', missing: 0, record: 'b0',
      input: 'export function login(name: string) {\n  const user = find(name);\n  const token = make(user);\n  return token;\n}\n\nexport const again = login;\n',
      output: 'export function login(name: string) {\n  const user = find(name);\n  const token = make(user);\n  if (!user) return undefined;\n  return token.value;\n}\n\nexport const again = login;\n',
    });
    const common = { events: diff.trimEnd(), path: 'src/login.ts', language: 'typescript', actor: 'user', missing: 1, record: 'b3' };
    assert.deepEqual(second, { ...common, input: 'one\nthree\nfour\n', output: 'one\ntwo\nthree\nfive\n' });
    assert.deepEqual(third, { ...common, input: 'twenty\ngone\n', output: 'twenty\n' });
    const [, without] = await written('next-edit', session, { history: '0' }) as { events: string; missing: number }[];
    assert.deepEqual([without?.events, without?.missing], ['', 0]);
  });

  it('fill-in-the-middle has what was written, each piece between what stands around it afterwards', async () => {
    const parts = (await written('fill-in-the-middle', sessionOf({ diff: two }))).map((line) => {
      const { prefix, middle, suffix } = line as Record<string, string>;
      return [prefix, middle, suffix];
    });
    assert.deepEqual(parts, [['one\n', 'two\n', 'three\nfive\n'], ['one\ntwo\nthree\n', 'five\n', '']]);
  });

  it('take no diff for one that is not, and no file that is all new for a middle', async () => {
    const none = sessionOf({ diff: 'no diff' }, { diff: '@@ broken' }, { diff: '@@ -1,2 +1,9 @@\n one' }, { diff: 7 }, {});
    for (const format of ['next-edit', 'fill-in-the-middle']) await assert.rejects(written(format, none), /There is nothing to export/);
    const made = sessionOf({ diff: '--- a\n+++ a\n@@ -0,0 +1,2 @@\n+one\n+two\n\\ No newline at end of file\n' });
    await assert.rejects(written('fill-in-the-middle', made), /There is nothing to export/);
    assert.deepEqual((await written('next-edit', made) as { output: string }[]).map(({ output }) => output), ['one\ntwo\n']);
  });
});
