/** A record with something of everything in it, and what can be found of it on the disk. */

import { createHash } from 'node:crypto';
import { setEnvironmentData } from 'node:worker_threads';
import { backUp } from '../../../server/backups.ts';
import { canEncrypt } from '../../../server/store/encryption/binding.ts';
import { openStore, type Store } from '../../../server/store/store.ts';
import type { DaybookRecord } from '../../../shared/record.ts';
import { traces } from '../../support/search.ts';

/**
 * `describe` for what needs SQLite with encryption. It is among the packages of this checkout; one that was not installed anew since it came
 * does not have it, and whoever runs the tests sees that they were left out.
 */
export const describeEncrypted: Mocha.SuiteFunction | Mocha.PendingSuiteFunction = canEncrypt() ? describe : describe.skip;

/** Words that stand nowhere but in the record. */
export const planted = ['quincezanzibar', 'umbrellaostrich', 'picturewalrus', 'titlemarmot', 'cursorgiraffe'] as const;

/** A passphrase of tests. */
export const passphrase = 'four words of a test';

export function note(number: number, text: string): DaybookRecord {
  const time = new Date(Date.UTC(2026, 10, 1 + (number % 3), 10, 0, number % 60)).toISOString();
  return { specversion: '1.0', id: `note:${number}`, source: 'lsp', type: 'dev.daybook.event.note', time, data: { text: `${text} number ${number} and more` } };
}

function said(session: string, number: number, text: string, more: Partial<DaybookRecord> = {}): DaybookRecord {
  const time = new Date(Date.UTC(2026, 10, 3) + number * 1_000).toISOString();
  const data = { role: 'user', parts: [{ type: 'text', content: text }] };
  return { specversion: '1.0', id: `tool:${session}:${number}`, source: 'tool', type: 'dev.daybook.chat.message', time, sessionid: `tool:${session}`, data, ...more };
}

export const picture = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47]), Buffer.from('picturewalrus '.repeat(400))]);
export const pictureName = `${createHash('sha256').update(picture).digest('hex')}.png`;

/** Fills a data directory: sealed days, recent ones, a chat with a picture, a cursor, and a backup of all of it. */
export async function fill(root: string): Promise<void> {
  const store = openStore(root);
  const file = await store.attachments.prepare(pictureName, picture);
  store.write((batch) => {
    file.commit();
    batch.append(Array.from({ length: 40 }, (_, at) => note(at, 'quincezanzibar')));
    batch.append([
      said('one', 0, '', { id: 'tool:one:session', type: 'dev.daybook.chat.session', data: { title: 'titlemarmot of a chat', fidelity: 'full', format: 'x' } }),
      said('one', 1, 'umbrellaostrich in a chat', { data: { role: 'user', parts: [{ type: 'text', content: 'umbrellaostrich in a chat' }, { type: 'image', attachment: pictureName, mimeType: 'image/png', bytes: picture.length }] } }),
    ]);
    batch.setCursor('/somewhere/cursorgiraffe.jsonl', { source: 'tool', cursor: '{"at":7}', sessions: ['tool:one'] });
  });
  store.seal({ everything: true });
  store.write((batch) => batch.append([note(100, 'quincezanzibar'), said('one', 2, 'umbrellaostrich again')]));
  backUp(store, { reason: 'manual' });
  store.close();
}

/** What the store says of its records, whatever lies on the disk how. */
export function contents(root: string): unknown {
  return withStore(root, (store) => {
    store.catchUp();
    return {
      records: [...store.queries.scan({})].map(({ id, data }) => [id, data]).sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
      found: planted.slice(0, 2).map((word) => store.queries.search(word, { limit: 100 }).results.map(({ id }) => id).sort()),
      cursor: store.cursors.get('/somewhere/cursorgiraffe.jsonl'),
      picture: store.attachments.read(pictureName)?.equals(picture),
      figures: store.queries.figures(),
      behind: store.behind(),
    };
  });
}

export function withStore<T>(root: string, work: (store: Store) => T): T {
  const store = openStore(root);
  try {
    return work(store);
  } finally {
    store.close();
  }
}

/** Files below a folder that hold one of the words in any form, inside of frames as well. */
export function filesWith(folder: string, words: readonly string[] = planted): string[] {
  return [...new Set(words.flatMap((word) => traces(folder, word)))].map((path) => path.slice(folder.length + 1)).sort();
}

/** As a process that was just started. */
export function forgetKeys(): void {
  setEnvironmentData('daybook.keys', {});
}
