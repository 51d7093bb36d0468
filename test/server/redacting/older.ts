/** A record that was written when there were fewer rules, and secrets that those of today find in it. */

import { createCore, type Core } from '../../../server/core.ts';
import type { Redactor } from '../../../server/ingest/redact.ts';
import { createRedactor } from '../../../server/ingest/redact.ts';
import type { DaybookRecord } from '../../../shared/record.ts';

/** Put together at run time, so that none stands in a file. None of them was ever valid. */
export const token = ['ghp', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'].join('_');
export const another = ['ghp', 'Zz9Yy8Xx7Ww6Vv5Uu4Tt3Ss2Rr1Qq0Pp9Oo8'].join('_');
export const awsKey = ['AKIA', 'Z7QXWERTY2345UVB'].join('');
export const pem = ['-----BEGIN RSA', 'KEY-----\nMIIEpAIBAAKCAQEAx7Rt0q2Wm9Kz4Vb8\nYc1Nf6Hs3Jd5Lg7PQwErTyUi0pAsDfGh\n-----END RSA', 'KEY-----'].join(' PRIVATE ');

const today = createRedactor();

/** Finds nothing. */
export const noRules: Redactor = {
  ruleSet: 'older',
  text: (text) => Promise.resolve({ text, count: 0 }),
  values: (values) => Promise.resolve(values.map((value) => ({ value, count: 0 }))),
  placeholder: (rule) => `[redacted:${rule}]`,
  rest: () => undefined,
};

export function openWith(redactor: Redactor | undefined, folder: string, data = `${folder}/data`): Core {
  return createCore({ dataDirectory: data, machine: { platform: process.platform, home: folder, env: {}, vscodeUserDirectories: [] }, importers: [], redactor: redactor ?? today });
}

export function note(id: string, text: string, more: Partial<DaybookRecord> = {}): DaybookRecord {
  return { specversion: '1.0', id, source: 'lsp', type: 'dev.daybook.event.note', time: '2026-11-02T10:00:00.000Z', data: { text }, ...more };
}

export function said(session: string, number: number, text: string, more: Partial<DaybookRecord> = {}): DaybookRecord {
  const time = new Date(Date.UTC(2026, 10, 3) + number * 1_000).toISOString();
  const data = { role: 'user', parts: [{ type: 'text', content: text }] };
  return { specversion: '1.0', id: `tool:${session}:${number}`, source: 'tool', type: 'dev.daybook.chat.message', time, sessionid: `tool:${session}`, data, ...more };
}

export function titled(session: string, title: string): DaybookRecord {
  return said(session, 0, '', { id: `tool:${session}:session`, type: 'dev.daybook.chat.session', data: { title, fidelity: 'full', format: 'x' } });
}

/** Everything the index says of the records, in its order. */
export function everything(core: Core): unknown {
  const { sessions } = core.sessions({ limit: 1_000 });
  const { databaseBytes: _bytes, ...stats } = core.stats();
  return { records: core.latest(0, 10_000), sessions, documents: sessions.map(({ id }) => core.session(id)), stats };
}
