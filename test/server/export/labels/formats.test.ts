import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Core } from '../../../../server/core.ts';
import { openCore } from '../../../support/core.ts';
import { folderForEachTest } from '../../../support/folder.ts';
import { proven } from '../proven.ts';
import { linesOf } from '../readers.ts';
import { checkSchema } from '../schemas.ts';

describe('exports of what happened', () => {
  const at = folderForEachTest();
  let core: Core;
  beforeEach(async () => {
    core = openCore(join(at.path, 'data'), at.path);
    await core.record(proven, 'test');
  });
  afterEach(() => core.close());

  async function written<T>(format: string, options: Readonly<Record<string, string>> = {}): Promise<T[]> {
    const output = join(at.path, `${format}.${Object.values(options).join('-')}.jsonl`);
    await (await core.exports()).run({ format, output, options });
    return linesOf(output) as T[];
  }

  it('find in other sessions what became of an agent\'s edits, within the minutes that are asked for', async () => {
    const labels = await written<{ label: string; session: string; reward: number; records: string[] }>('labels');
    for (const each of labels) checkSchema('label', each);
    const of = (list: typeof labels): unknown[] => list.filter(({ label }) => /^(edit|tests)-/.test(label)).map(({ label, reward, records, session }) => [label, reward, records.at(-1), session]);
    assert.deepEqual(of(labels), [
      ['edit-kept', 1, 'seen/witness', 'proven:outcomes'], ['edit-changed', 0, 'seen/change', 'proven:outcomes'], ['edit-reverted', -1, 'seen/back', 'proven:outcomes'],
      ['edit-reverted', -1, 'seen/restore', 'proven:outcomes'], ['edit-kept', 1, 'seen/commit', 'proven:outcomes'],
      ['tests-passed', 1, 'seen/test', 'proven:outcomes'], ['tests-failed', -1, 'seen/failing', 'proven:outcomes'],
    ]);
    const sooner = of(await written('labels', { minutes: '1' })) as string[][];
    assert.ok(sooner.every(([label, , proof]) => label !== 'edit-kept' || proof === 'seen/commit'), 'the witness comes too late for one minute and its double');
    await assert.rejects(written('labels', { minutes: '0' }), /The option minutes of the format labels cannot be "0"\. It means: minutes \(for how many minutes/);
  });

  it('make pairs and rewards of it that trainers read, and stand beside conversations', async () => {
    const pairs = await written<{ labels: { kind: string; records: string[] }[] }>('preference');
    for (const pair of pairs) checkSchema('preference', pair);
    assert.ok(pairs.some(({ labels: [label] }) => label?.kind === 'edit-reverted' && label.records.includes('seen/commit')));
    const rewards = await written<{ label: boolean; completion: object[]; labels: { kind: string }[] }>('preference', { type: 'unpaired' });
    for (const reward of rewards) checkSchema('unpaired', reward);
    const kinds = new Map(rewards.map(({ labels: [label], label: isGood }) => [label?.kind, isGood]));
    assert.deepEqual([...kinds].sort(), [
      ['answer-taken-back', false], ['call-accepted', true], ['call-rejected', false], ['edit-kept', true], ['edit-reverted', false], ['tests-failed', false], ['tests-passed', true],
    ]);
    const conversations = await written<{ labels: { kind: string }[] }>('huggingface', { labels: 'yes' });
    for (const conversation of conversations) checkSchema('conversational', conversation);
    assert.ok(conversations.some(({ labels }) => labels.some(({ kind }) => kind === 'tests-passed')));
    const { splits } = await (await core.exports()).dataset({ output: join(at.path, 'set'), format: 'preference', options: { type: 'unpaired' }, split: { by: 'session', seed: 1, shares: [1, 0, 0] } });
    assert.ok((splits[0]?.examples ?? 0) >= 5);
  });
});
