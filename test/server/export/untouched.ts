/** A gate that is open: for tests of what comes after it. */

import type { Redaction } from '../../../server/export/gate.ts';

export const untouched: Redaction = {
  ruleSet: 'none',
  records: (records) => Promise.resolve(records),
  values: (values) => Promise.resolve(values.map((value) => ({ value, count: 0 }))),
};
