import assert from 'node:assert/strict';
import { isEmpty, previewDetail, receiptText, summary } from '../../../client/redaction/text.ts';
import type { RedactReceipt } from '../../../shared/redaction.ts';
import { t } from '../translate.ts';

const nothing: RedactReceipt = {
  ruleSet: 'r', records: 0, byRule: {}, byDay: {}, attachments: { redacted: 0, removed: 0 }, cursors: 0, files: 0, bytes: 0, unreadable: [], scrubbed: true,
  search: { values: 0, tooShort: 0, files: 0, left: [] }, exports: [],
  backups: { replaced: 0, unreached: [] },
};
const some: RedactReceipt = { ...nothing, records: 2, byRule: { 'github-token': 3 }, byDay: { '2026-11-02': 2 }, attachments: { redacted: 1, removed: 2 }, cursors: 1, search: { ...nothing.search, values: 3 } };

describe('client: redacting the past in words', () => {
  it('says beforehand where secrets are, by which rules, and what stays', () => {
    assert.deepEqual(previewDetail(t, some).split('\n\n').slice(0, 2), [
      'In 2 lines of the journal, of 1 day.\nIn 1 attached text.\nIn 2 attachments that are no text: they go as a whole.\nIn notes of where sources are read to: 1.', 'github-token: 3',
    ]);
    const many = Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`rule-${at}`, 1]));
    assert.match(previewDetail(t, { ...some, byRule: many }), /rule-7: 1\nand 4 more\n/);
  });

  it('says which exports get placeholders, and which stay', () => {
    const detail = previewDetail(t, { ...some, exports: [{ path: '/a.csv', state: 'redacted' }, { path: '/b.xlsx', state: 'holds secrets' }, { path: '/c.md', state: 'not reachable' }] });
    assert.match(detail, /\n\nPlaceholders come into 1 export, too\.\nThese exports hold some, or nobody can look into them, and stay as they are: \/b\.xlsx, \/c\.md$/);
    const receipt: RedactReceipt = { ...some, exports: [{ path: '/a.csv', state: 'redacted' }] };
    assert.doesNotMatch(summary(t, receipt), /needs a look/);
    assert.ok(receiptText(t, receipt).includes('## Exports in which placeholders stand now, too\n\n- `/a.csv`\n'));
  });

  it('says afterwards whether anything is left', () => {
    assert.ok(isEmpty(nothing) && !isEmpty({ ...nothing, cursors: 1 }));
    assert.equal(summary(t, nothing), 'The rules of today find nothing new in what is recorded.');
    assert.equal(summary(t, some), 'Redacted 3 secrets. A search of the data folder finds none of them any more.');
    const left: RedactReceipt = { ...some, search: { ...some.search, left: [{ path: '/d/a.jsonl', records: ['x'] }] }, exports: [{ path: '/e.csv', state: 'holds secrets' }] };
    assert.equal(summary(t, left), 'Redacted 3 secrets. A search of the data folder still finds some in 1 file, where no rule sees a secret. 1 export of yours needs a look.');
    assert.equal(summary(t, { ...some, backups: { replaced: 2, unreached: ['/disk'] } }),
      'Redacted 3 secrets. A search of the data folder finds none of them any more. 1 folder of backups could not be reached.');
    assert.match(receiptText(t, { ...some, backups: { replaced: 2, unreached: ['/disk'] } }), /gave way to one of now: 2\.\n[^]*still hold what was found\n\n- `\/disk`\n/);
    const text = receiptText(t, left);
    for (const line of ['## By rule\n\n- github-token: 3\n', '## Still there, where no rule sees a secret\n\n- `/d/a.jsonl` `x`\n', 'then delete them\n\n- `/e.csv`\n']) assert.ok(text.includes(line), line);
  });
});
