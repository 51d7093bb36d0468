import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { burstIdleMs, createEditorCapture, type EditorCapture } from '../../../server/lsp/editorCapture.ts';
import { createIgnoreRules } from '../../../server/lsp/ignoreRules.ts';
import { createRedactor, type Redactor } from '../../../server/ingest/redact.ts';
import type { EditorEdited, ShortRecord } from '../../../shared/record.ts';
import { typedDocument, type Typed } from './typedDocument.ts';

const real = createRedactor();
const secret = `ghp_${'a1B2c3D4e5F6g7H8i9J0'.repeat(2).slice(0, 36)}`;

describe('editorCapture', () => {
  let told: ShortRecord[];
  let trouble: unknown[];
  let isPaused: boolean;
  let tellsReloads: boolean;
  let editor: EditorCapture;
  let document: Typed;

  function capture(redactor: Redactor = real): void {
    told = [];
    trouble = [];
    isPaused = false;
    tellsReloads = false;
    const rules = createIgnoreRules([], 1_000);
    editor = createEditorCapture({
      rules: () => rules, redactor, describe: (uri) => ({ subject: uri.slice('file:///w/'.length), workspace: 'file:///w' }),
      emit: (record) => told.push(record), onTrouble: (error) => trouble.push(error), isPaused: () => isPaused,
      isOwn: (uri) => uri.startsWith('file:///daybook/'), tellsReloads: () => tellsReloads,
    });
    document = typedDocument('file:///w/a.txt', 'one\ntwo\n');
  }
  beforeEach(() => capture());

  const type = (text: string): void => {
    document.type(text);
    editor.changed(document);
  };
  const kinds = (): string[] => told.map(({ kind }) => kind);
  const edits = (): EditorEdited[] => told.filter(({ kind }) => kind === 'editor.edited').map(({ data }) => data as EditorEdited);

  it('tells of a file that is opened, saved and closed', async () => {
    editor.opened(document);
    editor.saved(document);
    editor.closed(document);
    await editor.flush();
    const { uri } = document;
    assert.deepEqual(told.map(({ kind, data, subject, workspace }) => [kind, subject, workspace, data]), [
      ['editor.opened', 'a.txt', 'file:///w', { uri, languageId: 'plaintext', lines: 3 }],
      ['editor.saved', 'a.txt', 'file:///w', { uri, languageId: 'plaintext', sha256: createHash('sha256').update('one\ntwo\n').digest('hex'), lines: 3 }],
      ['editor.closed', 'a.txt', 'file:///w', { uri }],
    ]);
  });

  it('tells a file that was read anew from what was typed before and after, where the editor tells it', async () => {
    editor.opened(document);
    type('one\nmine\n');
    await editor.flush();
    tellsReloads = true;
    type('one\nmine too\n');
    editor.reloaded(document.uri);
    type('theirs\n');
    type('theirs\nmine\n');
    await editor.flush();
    assert.deepEqual(edits().map(({ fromDisk, diff }) => [fromDisk, /^\+(?!\+)(.*)$/m.exec(diff ?? '')?.[1]]), [[undefined, 'mine'], [false, 'mine too'], [true, 'theirs'], [false, 'mine']]);
    editor.reloaded('file:///w/unknown.txt');
  });

  it('makes one record of a burst of typing, when it has been quiet', async () => {
    editor.opened(document);
    for (const text of ['one\nt\n', 'one\ntw\n', 'one\nthree\n']) type(text);
    assert.deepEqual(edits(), []);
    await new Promise((resolve) => setTimeout(resolve, burstIdleMs + 200));
    const [edit, ...more] = edits();
    assert.deepEqual([edit?.changes, edit?.ranges, edit?.linesAdded, edit?.linesRemoved, more.length], [3, [{ start: 2, end: 2 }], 1, 1, 0]);
    assert.match(edit?.diff ?? '', /-two\n\+three\n/);
  });

  it('ends a burst when the file is saved or closed, in the order of what happened', async () => {
    editor.opened(document);
    type('one\n');
    editor.saved(document);
    type('two\n');
    editor.closed(document);
    await editor.flush();
    assert.deepEqual(kinds(), ['editor.opened', 'editor.edited', 'editor.saved', 'editor.edited', 'editor.closed']);
    assert.deepEqual(edits().map(({ diff }) => diff?.split('\n').filter((line) => /^[-+]\w/.test(line))), [['-two'], ['-one', '+two']]);
  });

  it('takes no opening for a change', async () => {
    editor.opened(document);
    editor.changed(document);
    await editor.flush();
    assert.deepEqual(kinds(), ['editor.opened']);
  });

  it('says so when a burst changed nothing in the end', async () => {
    editor.opened(document);
    type('x');
    type('one\ntwo\n');
    await editor.flush();
    assert.equal(edits()[0]?.diffOmitted, 'no-visible-change');
  });

  it('takes no secret along, neither typed nor from a neighbouring line', async () => {
    document.type(`key = ${secret}\nname\n`);
    editor.opened(document);
    type(`key = ${secret}\nother ${secret}\n`);
    await editor.flush();
    const all = JSON.stringify(told);
    assert.ok(!all.includes(secret) && all.includes('[redacted:'), all);
  });

  it('keeps no content of a file that is ignored, not even from before or after its text made it so', async () => {
    document = typedDocument('file:///w/.env', 'A=1\n');
    editor.opened(document);
    type('A=2\n');
    editor.saved(document);
    document = typedDocument('file:///w/b.txt', 'short\n');
    editor.opened(document);
    type('long '.repeat(300));
    await editor.flush();
    type('short again\n');
    await editor.flush();
    assert.deepEqual(told.map(({ data }) => data as { ignored?: string; diffOmitted?: string }).map(({ ignored, diffOmitted }) => ignored ?? diffOmitted),
      ['ignored-by-rule', 'ignored-by-rule', 'ignored-by-rule', undefined, 'too-large', 'too-large']);
    assert.ok(!/A=|long long|sha256/.test(JSON.stringify(told)));
  });

  it('tells nothing while it is paused, and nothing of that time afterwards', async () => {
    editor.opened(document);
    isPaused = true;
    type('one\ntwo\nhidden\n');
    editor.saved(document);
    isPaused = false;
    type('one\ntwo\nhidden\nseen\n');
    await editor.flush();
    assert.deepEqual(kinds(), ['editor.opened', 'editor.edited']);
    assert.match(edits()[0]?.diff ?? '', /\+seen/);
    assert.ok(!edits()[0]?.diff?.includes('+hidden'));
  });

  it('goes on after something that could not be told', async () => {
    capture({ ...real, values: () => Promise.reject(new Error('out of memory')) });
    editor.opened(document);
    type('x\n');
    editor.closed(document);
    await editor.flush();
    assert.deepEqual([kinds(), trouble.map(String)], [['editor.opened', 'editor.closed'], ['Error: out of memory']]);
  });

  it('leaves files alone that are nobody\'s work', async () => {
    document = typedDocument('file:///daybook/journal/a.jsonl', '');
    editor.opened(document);
    type('x');
    editor.saved(document);
    editor.closed(document);
    document = typedDocument('file:///w/nobody-opened.txt', '');
    type('x');
    await editor.flush();
    assert.deepEqual(told, []);
  });
});
