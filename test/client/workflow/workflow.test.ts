import assert from 'node:assert/strict';
import { join } from 'node:path';
import { createWithWorkflow } from '../../../client/workflow/workflow.ts';
import type { Run, WithWorkflow } from '../../../client/workflow/workflow.ts';
import { createCore, type Core } from '../../../server/core.ts';
import { createRedactor } from '../../../server/ingest/redact.ts';
import type { ConsentLevel } from '../../../shared/consentLevel.ts';
import { nowhere } from '../../server/importers/notes.ts';
import { folderForEachTest } from '../../support/folder.ts';

const redactor = createRedactor();
const secret = `ghp_${'a1B2c3D4e5F6g7H8i9J0'.repeat(2).slice(0, 36)}`;

describe('client: a workflow', () => {
  const at = folderForEachTest();
  let core: Core;
  let withWorkflow: WithWorkflow;
  let warned: string[];
  let ran: string[];
  let consent: ConsentLevel;

  beforeEach(() => {
    core = createCore({ dataDirectory: join(at.path, 'data'), machine: nowhere, redactor, importers: [] });
    warned = [];
    ran = [];
    consent = 'full';
    withWorkflow = createWithWorkflow({
      record: (record) => core.record([{ ...record, ...(consent === 'full' ? {} : { consent }) }], 'vscode'),
      past: (choice) => Promise.resolve(core.workflow(choice)),
      log: { warn: (message) => void warned.push(message) },
    });
  });
  afterEach(() => core.close());

  /** Five steps, of which one may fail. */
  const release = (failAt?: number, result: (step: number) => unknown = (step) => ({ step })) => async (run: Run): Promise<unknown[]> => {
    const results: unknown[] = [];
    for (const step of [1, 2, 3, 4, 5]) {
      results.push(await run.step(`step ${step}`, () => {
        ran.push(`${run.resumed}:${step}`);
        if (step === failAt) throw new Error(`no ${step}`);
        return result(step);
      }));
    }
    return results;
  };

  it('that fails goes on where it failed, with what the steps before returned', async () => {
    await assert.rejects(withWorkflow('acme.release', release(4)), /no 4/);
    assert.deepEqual(await withWorkflow('acme.release', release()), [1, 2, 3, 4, 5].map((step) => ({ step })));
    assert.deepEqual(ran, ['0:1', '0:2', '0:3', '0:4', '1:4', '1:5']);
    await withWorkflow('acme.release', release());
    assert.deepEqual(ran.slice(6), ['0:1', '0:2', '0:3', '0:4', '0:5'], 'one that succeeded is not resumed');
    assert.deepEqual(warned, []);
  });

  it('is on record with its steps and its errors', async () => {
    await assert.rejects(withWorkflow('acme.release', release(2)));
    const records = core.latest(0, 100).records.map(({ type, subject, data }) => ({ type: type.split('.').at(-1), subject, ...(data as { status?: string }) }));
    assert.deepEqual(records.map(({ type, status }) => status ?? type).reverse(), ['started', 'succeeded', 'failed', 'failed']);
    assert.ok(records.every(({ subject }) => subject === 'acme.release'));
    assert.match(JSON.stringify(records), /"error":\{"name":"Error","message":"no 2"\}/);
  });

  it('that was killed goes on too, also by its id, with its last checkpoint', async () => {
    let id = '';
    const killed = withWorkflow('acme.walk', async (run) => {
      id = run.id;
      await run.checkpoint({ page: 1 });
      await run.checkpoint({ page: 7 });
      await new Promise(() => undefined);
    });
    killed.catch(() => undefined);
    while (core.workflow({ name: 'acme.walk' })?.state === undefined || JSON.stringify(core.workflow({ run: id })?.state) !== '{"page":7}') {
      await new Promise((resolve) => setImmediate(resolve));
    }
    const again = createWithWorkflow({ record: (record) => core.record([record], 'vscode'), past: (choice) => Promise.resolve(core.workflow(choice)), log: console });
    assert.deepEqual(await again('acme.walk', (run) => [run.id, run.resumed, run.state], { resume: { run: id } }), [id, 1, { page: 7 }]);
    assert.equal(core.workflow({ run: id }), null);
  });

  it('does not take over one that goes on here, nor one when it shall not', async () => {
    const ids = new Set<string>();
    await withWorkflow('acme.twice', async (run) => {
      ids.add(run.id);
      await withWorkflow('acme.twice', (inner) => ids.add(inner.id));
    });
    await assert.rejects(withWorkflow('acme.twice', (run) => {
      ids.add(run.id);
      throw new Error('no');
    }));
    await withWorkflow('acme.twice', (run) => ids.add(run.id), { resume: 'never' });
    assert.equal(ids.size, 4);
  });

  it('gives nothing back that is no longer what was returned', async () => {
    await assert.rejects(withWorkflow('acme.token', release(4, (step) => (step === 2 ? secret : step))));
    await withWorkflow('acme.token', release());
    assert.deepEqual(ran.slice(4), ['1:2', '1:3', '1:4', '1:5'], 'a redacted result');
    consent = 'no content';
    await assert.rejects(withWorkflow('acme.careful', release(4)));
    assert.deepEqual(core.workflow({ name: 'acme.careful' })?.done, []);
  });

  it('says when its steps are others than before, and fails', async () => {
    await assert.rejects(withWorkflow('acme.changed', release(3)));
    await assert.rejects(withWorkflow('acme.changed', (run) => run.step('first', () => 1)), /its step 1 was step 1 and is first now/);
  });

  it('goes on when nobody records it, and the log says so', async () => {
    const alone = createWithWorkflow({
      record: () => Promise.reject(new Error('The server is not there.')), past: () => Promise.resolve(null), log: { warn: (message) => void warned.push(message) },
    });
    assert.equal(await alone('acme.alone', (run) => run.step('one', () => 5)), 5);
    assert.match(warned[0] ?? '', /acme\.alone .*The server is not there\./);
  });
});
