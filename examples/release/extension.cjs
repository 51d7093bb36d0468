// @ts-check
'use strict';

const { appendFile } = require('node:fs/promises');
const { join } = require('node:path');
const vscode = require('vscode');

/** @typedef {import('../../client/api.ts').DaybookApi} DaybookApi */

/** What a release takes. Each step leaves a line in release.log, so that one sees which were run. */
const steps = ['check', 'build', 'sign', 'upload', 'announce'];

/** @param {vscode.ExtensionContext} context */
exports.activate = async (context) => {
  /** @type {vscode.Extension<DaybookApi> | undefined} */
  const extension = vscode.extensions.getExtension('daybook.daybook');
  const daybook = await extension?.activate();
  if (!daybook || daybook.version < 2) throw new Error('This example needs Daybook with version 2 of its API.');
  const log = vscode.window.createOutputChannel('Release Example');

  // Each call is recorded, with what it was given, what it gave back and how long it took.
  const countLines = daybook.persisted(
    /** @param {string} path */
    async (path) => (await vscode.workspace.openTextDocument(path)).lineCount,
    'releaseExample.countLines',
  );

  context.subscriptions.push(
    log,
    // Everything that is recorded on this day from now on, whoever records it.
    daybook.onDidRecord(({ time, type, subject }) => log.appendLine(`${time} ${type} ${subject ?? ''}`)),
    vscode.commands.registerCommand('releaseExample.publish', (options) => publish(daybook, options)),
    vscode.commands.registerCommand('releaseExample.countLines', (path) => countLines(path ?? vscode.window.activeTextEditor?.document.uri.fsPath ?? '')),
    vscode.commands.registerCommand('releaseExample.recordEach', () => recordEach(daybook)),
  );
};

/**
 * Five steps, each recorded when it ends. When the editor dies, or a step throws, the next call goes on after the last step that succeeded.
 * @param {DaybookApi} daybook
 * @param {{ readonly dieAfter?: string }} [options] `dieAfter` names a step after which the extension host is killed, to try that out
 * @returns {Promise<string>} the version that was released
 */
function publish(daybook, { dieAfter } = {}) {
  return daybook.withWorkflow('release-example.publish', async (run) => {
    // What the steps share lives in the record, not in a variable that dies with the process.
    if (run.state === undefined) await run.checkpoint({ version: `1.0.${Date.now() % 1_000}` });
    const { version } = /** @type {{ version: string }} */ (run.state);
    for (const step of steps) {
      await run.step(step, () => work(step, version));
      if (step === dieAfter) process.kill(process.pid, 'SIGKILL');
    }
    return version;
  });
}

/**
 * @param {string} step
 * @param {string} version
 */
async function work(step, version) {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (!folder) throw new Error('Open a folder first: release.log is written there.');
  await appendFile(join(folder.uri.fsPath, 'release.log'), `${step} ${version}\n`);
  return { step, ended: new Date().toISOString() };
}

/**
 * One record of each family. Kinds are your own; begin them with a name of your own, too.
 * @param {DaybookApi} daybook
 * @returns {Promise<number>} how many were taken
 */
async function recordEach({ record }) {
  const now = new Date().toISOString();
  const results = [
    await record({ family: 'events', kind: 'release-example.deployed', subject: 'staging', data: { target: 'staging' } }),
    await record({ family: 'tasks', kind: 'release-example.rollout', subject: 'rollout', data: { status: 'succeeded', startedAt: now } }),
    await record({ family: 'tool_executions', kind: 'release-example.health-check', subject: 'curl', data: { status: 'succeeded', startedAt: now, durationMs: 12 } }),
    await record({ family: 'workflows', kind: 'release-example.approved', subject: 'release', data: { run: 'by hand', by: 'Ada' } }),
  ];
  // Recording may be paused, or this folder's consent may not allow it: then `rejected` says why.
  return results.reduce((sum, { accepted }) => sum + accepted, 0);
}
