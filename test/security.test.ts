import assert from 'node:assert/strict';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { DaybookRecord } from '../shared/record.ts';
import { openStore } from '../server/store/store.ts';
import { folderForEachTest } from './support/folder.ts';

const root = join(import.meta.dirname, '..');
const network = /(?:from |import\(|require\()'(?:node:)?(?:net|tls|dgram|dns|https?|http2)(?:\/promises)?'|\b(?:await|globalThis\.) ?fetch\(|\bnew (?:WebSocket|EventSource)\(/;

describe('SECURITY.md', () => {
  const at = folderForEachTest();

  it('is right that no code of ours opens a connection', () => {
    assert.match(`import { connect } from 'node:net';`, network);
    const sources = ['client', 'media', 'server', 'shared'].flatMap((room) => below(join(root, room))).filter((path) => path.endsWith('.ts'));
    assert.ok(sources.length > 100);
    assert.deepEqual(sources.filter((path) => network.test(readFileSync(path, 'utf8'))), []);
  });

  it('is right that every setting is a user setting', () => {
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      contributes: { configuration: readonly { properties: Readonly<Record<string, { scope: string }>> }[] };
    };
    const scopes = manifest.contributes.configuration.flatMap(({ properties }) => Object.values(properties).map(({ scope }) => scope));
    assert.deepEqual([...new Set(scopes)], ['application']);
  });

  it('is right about who can read the files', function () {
    if (process.platform === 'win32') return this.skip();
    const data = join(at.path, 'data');
    const store = openStore(data);
    const record: DaybookRecord = {
      specversion: '1.0', id: '1', source: 'cli', type: 'dev.daybook.event.note', time: '2026-11-20T10:00:00.000Z', data: { text: 'alpha' },
    };
    store.write((batch) => batch.append([record]));
    store.seal({ everything: true });
    store.write((batch) => batch.append([{ ...record, id: '2' }]));
    const found = [data, ...below(data)];
    assert.ok(found.some((path) => path.endsWith('.zst')) && found.some((path) => path.endsWith('.jsonl')) && found.some((path) => path.endsWith('-wal')));
    assert.deepEqual(found.filter((path) => (statSync(path).mode & 0o077) !== 0), []);
    store.close();
  });
});

function below(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path));
}
