import assert from 'node:assert/strict';
import { amount, daySelection, exportName, remarks, weekday } from '../../../client/export/text.ts';
import { t as translate } from '../translate.ts';

const counts = { chosen: 12, items: 12, leftOut: 0, bytes: 1_234_567, redactions: 0, redacted: [], withheld: 0 };
const format = {
  name: 'openai', displayName: 'OpenAI', extension: 'jsonl', audience: 'models', unit: 'session', layouts: ['file'], loses: 'Times.', options: {},
} as const;

describe('client: an export in words', () => {
  it('says how much it is', () => {
    assert.equal(amount(translate, counts, 'session'), '12 sessions, 1.2 MB');
    assert.equal(amount(translate, { ...counts, chosen: 1, bytes: 0 }, 'record'), '1 record, 0 B');
  });

  it('says what is lost, what is left out and what was found', () => {
    assert.deepEqual(remarks(translate, counts, format), ['This format loses: Times.']);
    assert.deepEqual(remarks(translate, { ...counts, leftOut: 1, redactions: 2, withheld: 1 }, format).slice(1), [
      '1 of them is left out: the format can hold nothing of it.',
      '1 record leaves without content, or not at all: its folder allows no more now.',
      '2 secrets that only the rules of today know are redacted in the export.',
    ]);
  });

  it('takes a day of this clock, from midnight to midnight, also where the clocks are changed', () => {
    for (const day of ['2026-11-20', '2026-12-31', '2026-03-29', '2026-10-25', '2028-02-29']) {
      const { since, until } = daySelection(day);
      const [from, to] = [new Date(since), new Date(until)];
      assert.deepEqual([from.getHours(), to.getHours(), from.getDate(), to > from], [0, 0, Number(day.slice(8)), true], day);
      assert.equal(new Date(from.getFullYear(), from.getMonth(), from.getDate() + 1).getTime(), to.getTime());
    }
    assert.deepEqual([weekday('2026-11-20', 'en'), weekday('2026-11-20', 'de')], ['Friday', 'Freitag']);
  });

  it('has a name by what it is and when, with the extension of a file', () => {
    const noon = new Date(2026, 10, 20, 12);
    assert.equal(exportName('daybook', noon, format), 'daybook 2026-11-20.jsonl');
    assert.equal(exportName('daybook', noon, { ...format, layouts: ['folder', 'file'] }), 'daybook 2026-11-20');
    assert.equal(exportName('daybook 2026-11-03', noon, format), 'daybook 2026-11-03.jsonl');
  });
});
