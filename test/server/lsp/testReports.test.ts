import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createIgnoreRules } from '../../../server/lsp/ignoreRules.ts';
import { createKnownRuns } from '../../../server/lsp/knownRuns.ts';
import { createTestReports, type TestReports } from '../../../server/lsp/testReports.ts';
import { createWorkspaces } from '../../../server/lsp/workspaces.ts';
import type { ConsentLevel } from '../../../shared/consentLevel.ts';
import type { Problem } from '../../../shared/problem.ts';
import type { ShortRecord } from '../../../shared/record.ts';
import type { TestCoverage, TestRun } from '../../../shared/testRun.ts';
import { folderForEachTest } from '../../support/folder.ts';

const suite = (name: string, ...tests: readonly string[]): string => `<?xml version="1.0"?>\n<!-- of Gradle --><testsuite name="${name}">${tests.join('')}</testsuite>\n`;
const passed = '<testcase name="adds"/>';
const failed = '<testcase name="rounds"><failure message="1 is not 2"/></testcase>';
const written = new Date('2026-11-20T10:00:00.000Z');

describe('test reports in the open folders', () => {
  const at = folderForEachTest();
  let told: ShortRecord[] = [];
  let reports: TestReports;
  let isOn = true;
  let consent: ConsentLevel = 'full';
  let runs = createKnownRuns();
  const uri = (name: string): string => pathToFileURL(join(at.path, name)).href;
  const workspace = (): string => pathToFileURL(at.path).href;

  beforeEach(() => {
    told = [];
    isOn = true;
    consent = 'full';
    runs = createKnownRuns();
    const workspaces = createWorkspaces();
    workspaces.set([workspace()]);
    const rules = createIgnoreRules(['secret/'], 1_000);
    reports = createTestReports({
      describe: (of) => ({ ...workspaces.place(of), consent }), rules: () => rules, isOn: () => isOn, runs,
      emit: (records) => Promise.resolve(void told.push(...records)), onTrouble: (error) => assert.fail(String(error)), quietMs: 3_600_000,
    });
  });
  afterEach(() => reports.close());

  /** Writes files and says that they changed; resolves when they are read. */
  async function write(files: Readonly<Record<string, string | Buffer>>): Promise<void> {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(at.path, name)), { recursive: true });
      writeFileSync(join(at.path, name), content);
      utimesSync(join(at.path, name), written, written);
    }
    reports.changed(Object.keys(files).map(uri));
    await reports.flush();
  }

  it('are one run for each folder, with the time at which they were written', async () => {
    await write({ 'out/TEST-a.xml': suite('a', passed), 'out/TEST-b.xml': suite('b', passed, failed), 'junit.xml': suite('c', passed) });
    assert.deepEqual(told.map(({ kind, subject, time, workspace: of }) => [kind, subject, time, of]), [
      ['test.run', '2 passed, 1 failed', written.toISOString(), workspace()], ['test.run', '1 passed', written.toISOString(), workspace()],
    ]);
    const { tests, ...data } = told[0]?.data as TestRun;
    assert.deepEqual(data, { runner: 'junit', reports: { count: 2, names: ['out/TEST-a.xml', 'out/TEST-b.xml'] }, status: 'failed', passed: 2, failed: 1, skipped: 0 });
    assert.deepEqual(tests[2], { name: 'rounds', suite: ['b'], outcome: 'failed', message: '1 is not 2' });
  });

  it('have the same identity when they are written again unchanged, and another when they are not', async () => {
    for (const tests of [passed, passed, failed]) await write({ 'junit.xml': suite('a', tests) });
    const [one, same, other] = told.map(({ id }) => id);
    assert.equal(one, same);
    assert.notEqual(one, other);
  });

  it('are not read where they are ignored, no reports, outside of the folders, gone, or where nothing may be recorded', async () => {
    await write({
      'secret/junit.xml': suite('a', passed), 'node_modules/x/junit.xml': suite('a', passed), 'pom.xml': '<project><testsuite/></project>',
      'phpunit.xml': '<phpunit><testsuites><testsuite name="all"/></testsuites></phpunit>', 'notes.info': 'of the day', 'bytes.xml': Buffer.from([0, 255, 254, 3]),
      'hostile.xml': '<!---->'.repeat(2_000), 'empty.xml': '', 'junit.txt': suite('a', passed),
    });
    writeFileSync(join(at.path, 'gone.xml'), suite('a', passed));
    rmSync(join(at.path, 'gone.xml'));
    mkdirSync(join(at.path, 'folder.xml'));
    reports.changed([uri('gone.xml'), uri('folder.xml'), 'file:///elsewhere/junit.xml', 'untitled:junit.xml']);
    await reports.flush();
    consent = 'off';
    await write({ 'junit.xml': suite('a', passed) });
    consent = 'full';
    isOn = false;
    await write({ 'junit.xml': suite('a', failed) });
    assert.deepEqual(told, []);
  });

  it('that cannot be read are named, and not by name where names are not recorded', async () => {
    await write({ 'junit.xml': suite('a', passed).slice(0, -9) });
    const [first] = told;
    const { code, message, where } = first?.data as Problem;
    assert.deepEqual([first?.kind, first?.time, code, where], ['source.problem', written.toISOString(), 'malformed-report', { file: join(at.path, 'junit.xml') }]);
    assert.match(message, /^The test report .*junit\.xml could not be read\. /);
    consent = 'metadata';
    await write({ 'lcov.info': 'TN:\nSF:a.js\n' });
    assert.deepEqual(told[1]?.data, { code: 'malformed-report', message: 'A test report could not be read. The tracefile is cut off.' });
  });

  it('that are too large are named and not read', async () => {
    await write({ 'junit.xml': suite('a', passed) });
    appendFileSync(join(at.path, 'junit.xml'), ' '.repeat(8 * 1024 * 1024));
    reports.changed([uri('junit.xml')]);
    await reports.flush();
    assert.match((told[1]?.data as Problem).message, /junit\.xml is larger than 8 MB and was not read\.$/);
  });

  it('of .NET are read in their encoding', async () => {
    await write({ 'results.xml': Buffer.from(`\ufeff${suite('a', '<testcase name="Tee für zwei"/>')}`, 'utf16le') });
    assert.equal((told[0]?.data as TestRun).tests[0]?.name, 'Tee für zwei');
  });

  it('of coverage point at the run beside which they were written, and name files below the folder', async () => {
    await write({ 'junit.xml': suite('a', passed), 'coverage/lcov.info': `TN:\nSF:${join(at.path, 'src/a.js')}\nDA:1,0\nDA:2,1\nend_of_record\nSF:/usr/b.js\nDA:1,1\nend_of_record\n` });
    const [run, coverage] = told;
    assert.deepEqual([coverage?.kind, coverage?.subject, coverage?.data as TestCoverage], ['test.coverage', '66.6 % of 3 lines', {
      format: 'lcov', report: 'coverage/lcov.info', testRun: run?.id, lines: { found: 3, hit: 2 },
      files: [{ path: 'src/a.js', lines: { found: 2, hit: 1 } }, { path: '/usr/b.js', lines: { found: 1, hit: 1 } }],
    }]);
  });

  it('of a run that a command printed say so', async () => {
    const command = { specversion: '1.0' as const, id: 'c', source: 'vscode', type: 'dev.daybook.tool_execution.terminal.command', time: written.toISOString(), workspace: workspace(), data: {} };
    const data: TestRun = { runner: 'pytest', parent: 'c', status: 'failed', passed: 1, failed: 1, skipped: 0, tests: [] };
    runs.printed({ ...command, id: 'c:test', type: 'dev.daybook.event.test.run', data }, command);
    await write({ 'junit.xml': suite('a', passed, failed) });
    await write({ 'junit.xml': suite('a', passed, passed, passed) });
    assert.deepEqual(told.map(({ data: of }) => (of as TestRun).sameAs), ['c:test', undefined]);
  });
});
