import assert from 'node:assert/strict';
import fc from 'fast-check';
import { join } from 'node:path';
import type { Witness } from '../../../server/attribution/witness.ts';
import { createTracer } from '../../../server/attribution/tracer.ts';
import { openStore } from '../../../server/store/store.ts';
import type { Link } from '../../../shared/links.ts';
import type { DaybookRecord } from '../../../shared/record.ts';
import { folderForEachTest } from '../../support/folder.ts';
import { cart, createWriter, folder, memory, type Writer } from './memory.ts';

const line = '  const total = sum(prices);';
const given = { file_path: 'src/cart.ts', old_string: 'x', new_string: line };

describe('links', () => {
  let work: Writer;
  beforeEach(() => {
    work = createWriter();
  });

  const ends = (links: readonly Link[] = []): string[] => links.map(({ id, because }) => `${id} ${because}`);
  const causes = (record: DaybookRecord): string[] => ends(createTracer(memory(work.records)).links(record).causedBy);
  const effects = (record: DaybookRecord): string[] => ends(createTracer(memory(work.records)).links(record).ledTo);
  const run = (seconds: number, command: DaybookRecord): DaybookRecord => work.event('test.run', seconds, { runner: 'mocha', parent: command.id, status: 'failed' }, { subject: '1 failed' });
  const commit = (seconds: number, ...names: string[]): DaybookRecord =>
    work.event('git.commit', seconds, { repository: folder, operation: 'commit', hash: `h${seconds}`, files: { count: names.length, names } }, { subject: 'Round prices' });

  it('lead from a call to the edit, the disk and the command it caused, and back', () => {
    const edits = work.call(8, 'Edit', given);
    const edit = work.edit(9, { added: [line] });
    const disk = work.disk(11);
    const bash = work.call(20, 'Bash', { command: 'npm test' }, { lasted: 9 });
    const ran = work.command(28, 'npm test', 7);
    assert.deepEqual(effects(edits), [`${edit.id} same-content`, `${disk.id} same-time`]);
    assert.deepEqual([causes(edit), causes(disk)], [[`${edits.id} same-content`], [`${edits.id} same-time`]]);
    assert.deepEqual([effects(bash), causes(ran)], [[`${ran.id} same-command`], [`${bash.id} same-command`]]);
  });

  it('lead from a test run to its command and to what was edited since the last run, and back', () => {
    const early = work.edit(5, { added: ['a();'] }, { lasted: 2, changes: 9 });
    const first = work.command(20, 'npm test', 5);
    const failed = run(20, first);
    const during = work.edit(18, { added: ['b();'] }, { lasted: 2, changes: 9 });
    const between = work.edit(40, { added: ['c();'] }, { lasted: 2, changes: 9 });
    work.event('editor.edited', 41, { uri: 'file:///elsewhere/x.ts', changes: 3 }, { workspace: 'file:///elsewhere' });
    const second = work.command(60, 'npm test', 5);
    const passed = run(60, second);
    assert.deepEqual(causes(failed), [`${early.id} since-last-run`, `${first.id} output`]);
    assert.deepEqual(causes(passed), [`${during.id} since-last-run`, `${between.id} since-last-run`, `${second.id} output`]);
    assert.deepEqual([effects(early), effects(between)], [[`${failed.id} since-last-run`], [`${passed.id} since-last-run`]]);
    assert.deepEqual(effects(first), [`${failed.id} output`]);
  });

  it('lead from a commit to its command and to the sessions since the last commit that changed its files', () => {
    const old = work.call(1, 'Edit', given, { tool: 'codex' });
    const before = commit(10, 'src/cart.ts');
    const call = work.call(20, 'Edit', given);
    work.call(25, 'Edit', { ...given, file_path: 'src/other.ts' }, { tool: 'amp' });
    work.call(26, 'Read', { file_path: 'src/cart.ts' }, { tool: 'codex' });
    commit(28, 'docs/notes.md');
    const command = work.command(31, 'git commit -am Round', 1);
    const after = commit(31, 'src/cart.ts');
    assert.deepEqual(causes(before), ['codex:s since-last-commit']);
    assert.deepEqual(causes(after), ['claude-code:s since-last-commit', `${command.id} command`]);
    assert.deepEqual([effects(old), effects(call)], [[`${before.id} since-last-commit`], [`${after.id} since-last-commit`]]);
    assert.deepEqual(effects(command), [`${after.id} command`]);
  });

  it('lead from what git did to the files that it changed', () => {
    const command = work.command(9, 'git stash', 1);
    const stash = work.event('git.stash', 10, { repository: folder, action: 'pushed', count: 1, files: { count: 1, names: ['src/cart.ts'] } });
    const disk = work.disk(11);
    assert.deepEqual([effects(stash), causes(stash), causes(disk)], [[`${disk.id} git`], [`${command.id} command`], [`${stash.id} git`]]);
  });

  it('are few, however much happened', () => {
    for (let second = 0; second < 300; second++) work.edit(second, { added: ['a();'] }, { lasted: 0.5, changes: 4 });
    const command = work.command(400, 'npm test', 5);
    assert.equal(causes(run(400, command)).length, 51);
  });
});

/** Histories of small steps at odd times, by hands and tools that work on the same two files. */
const step = fc.record({ what: fc.nat(8), after: fc.nat(40), file: fc.boolean(), text: fc.nat(3), lasted: fc.nat(20), status: fc.constantFrom('succeeded', 'failed', 'none'), tool: fc.constantFrom('codex', 'amp') } as const);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

function written(steps: readonly Step[]): DaybookRecord[] {
  const work = createWriter();
  let seconds = 0;
  for (const { what, after, file, text, lasted, status, tool } of steps) {
    seconds += after / 4;
    const name = file ? 'src/cart.ts' : 'src/b.ts';
    const uri = file ? cart : `${folder}/src/b.ts`;
    const added = [`const value${text} = compute(${text});`];
    switch (what) {
      case 0: work.edit(seconds, { added }, { uri }); break;
      case 1: work.edit(seconds, { added }, { uri, lasted, changes: lasted }); break;
      case 2: work.disk(seconds, uri); break;
      case 3: work.call(seconds, 'Edit', { file_path: name, new_string: added[0] }, { lasted, status, tool }); break;
      case 4: work.call(seconds, 'Bash', { command: text === 0 ? 'git stash' : `sed -i s/a/b/ ${name}` }, { lasted, status, tool }); break;
      case 5: work.command(seconds, text === 0 ? 'git stash' : 'npm test', lasted); break;
      case 6: work.event('git.stash', seconds, { repository: folder, files: { count: 1, names: [name] } }); break;
      case 7: work.event('git.commit', seconds, { repository: folder, files: { count: 1, names: [name] } }); break;
      default: work.event('test.run', seconds, { runner: 'mocha', parent: work.records.at(-1)?.id ?? '' });
    }
  }
  return work.records;
}

function answers(witness: Witness, records: readonly DaybookRecord[]): unknown[] {
  const tracer = createTracer(witness);
  return records.map((record) => {
    const { causedBy = [], ...told } = tracer.links(record);
    return { ...told, causedBy: causedBy.map(({ id, what, because }) => `${id} ${what} ${because}`).sort(), ledTo: (told.ledTo ?? []).map(({ id, because }) => `${id} ${because}`).sort() };
  });
}

describe('what is told of who did it', () => {
  const at = folderForEachTest();

  it('does not depend on the order in which records came', () => {
    fc.assert(fc.property(fc.array(step, { maxLength: 40 }), fc.array(fc.nat(1_000), { minLength: 100, maxLength: 100 }), (steps, dice) => {
      const records = written(steps);
      const shuffled = records.map((record, place) => ({ record, at: dice[place] ?? 0 })).sort((a, b) => a.at - b.at).map(({ record }) => record);
      assert.deepEqual(answers(memory(shuffled), records), answers(memory(records), records));
    }), { numRuns: 60 });
  });

  it('has both ends of a link, or none', () => {
    fc.assert(fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const records = written(steps);
      const tracer = createTracer(memory(records));
      for (const record of records) {
        for (const { id, because } of tracer.links(record).ledTo ?? []) {
          const other = records.find((each) => each.id === id);
          assert.ok(other);
          // A commit names sessions, and a later record may be the first of several.
          if (because !== 'since-last-commit') assert.ok(tracer.links(other).causedBy?.some((link) => link.id === record.id), `${record.id} → ${id}`);
        }
      }
    }), { numRuns: 60 });
  });

  it('is the same in the store, sealed and rebuilt', () => {
    const steps = fc.sample(fc.array(step, { minLength: 60, maxLength: 60 }), { numRuns: 1, seed: 5 })[0] ?? [];
    const records = written(steps);
    const expected = answers({ ...memory(records), touching: () => [] }, records);
    const store = openStore(join(at.path, 'data'));
    // Chats last first: sessions are read when they are found.
    const chats = records.filter(({ type }) => type.includes('.chat.')).reverse();
    store.write((batch) => batch.append(records.filter(({ type }) => !type.includes('.chat.'))));
    store.write((batch) => batch.append(chats));
    const told = (): unknown[] => {
      const { deeds, scan, record } = store.queries;
      return answers({ deeds, scan, record, touching: () => [], title: () => undefined }, records);
    };
    assert.deepEqual(told(), expected);
    store.seal({ everything: true, settled: true });
    assert.deepEqual(told(), expected);
    store.rebuild();
    assert.deepEqual(told(), expected);
    store.close();
  }).timeout(60_000);
});
