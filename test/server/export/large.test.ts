import assert from 'node:assert/strict';
import { join } from 'node:path';
import { createExports, type Exports } from '../../../server/export/flow.ts';
import { exporters } from '../../../server/export/registry.ts';
import { sessionDocument } from '../../../server/query/sessionDocument.ts';
import { typeOf, type DaybookRecord } from '../../../shared/record.ts';
import type { SessionDocument } from '../../../shared/results.ts';
import { folderForEachTest } from '../../support/folder.ts';
import { checks } from './checks.ts';
import type { Given } from './given.ts';
import { proven } from './proven.ts';
import { untouched } from './untouched.ts';
import { generated } from './world.ts';
import { thoroughly } from '../../support/thorough.ts';

const count = thoroughly(4_000, 100_000);

/** By time; at equal times by session. */
function allRecords(): DaybookRecord[] {
  const short = [...generated(count - proven.length), ...proven];
  const records = short.map(({ family, kind, id = '', time = '', session = '', data, ...more }): DaybookRecord =>
    ({ specversion: '1.0', id, source: 'test', type: typeOf(family, kind), time, sessionid: session, ...more, data }));
  const key = ({ time, sessionid = '' }: DaybookRecord): string => `${time} ${sessionid}`;
  return records.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

function documentOf(id: string, records: readonly DaybookRecord[]): SessionDocument {
  const isChat = records.some(({ type }) => type.startsWith('dev.daybook.chat.'));
  return sessionDocument({
    id, kind: isChat ? 'chat' : 'coding', source: 'test', title: id, workspace: records[0]?.workspace ?? null, startedAt: records[0]?.time ?? '', endedAt: records.at(-1)?.time ?? '',
    turns: 1, prompts: 1, replies: 1, toolExecutions: 1, usage: {},
  }, records);
}

describe(`exports of ${count} records, read by another program`, function () {
  this.timeout(240_000); // a minute for all of them, unless others use the machine
  const at = folderForEachTest();
  let given: Given;
  let exports: Exports;
  before(() => {
    const records = allRecords();
    const sessions = [...Map.groupBy(records, ({ sessionid = '' }) => sessionid)].map(([id, those]) => documentOf(id, those));
    sessions.sort((a, b) => (a.session.startedAt + a.session.id < b.session.startedAt + b.session.id ? -1 : 1));
    given = { records, sessions };
    const between = (since: string, until: string): DaybookRecord[] => records.filter(({ time, type }) => time >= since && time < until && /^dev\.daybook\.(event|tool_execution)\./.test(type));
    exports = createExports({ records: ({ since, until }) => (since !== undefined && until !== undefined ? between(since, until) : records), sessions: () => sessions, outline: () => [] }, untouched);
  });

  for (const { name, extension, layouts: [layout], unit } of exporters) {
    it(`${name}: as many as there are, and the same content`, async () => {
      const output = join(at.path, layout === 'file' ? `all.${extension}` : 'all');
      const result = await exports.run({ format: name, output, layout });
      assert.equal(result.chosen, unit === 'record' ? count : given.sessions.length);
      assert.equal(await checks[name]?.(output, given), result.items);
      assert.ok(result.items > 0);
    });
  }
});
