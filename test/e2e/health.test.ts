import assert from 'node:assert/strict';
import { appendFile, rm, utimes } from 'node:fs/promises';
import { writeSession } from '../support/demo/claudeCode.ts';
import { sessions } from '../support/demo/sessions.ts';
import { lines, openDaybook, view, widenSideBar } from '../support/sidebar.ts';
import { temporaryFolder } from '../support/temporary.ts';
import type { TemporaryFolder } from '../support/temporary.ts';
import { openWorkbench } from '../support/workbench.ts';
import type { Workbench } from '../support/workbench.ts';

const mostClicks = 6;
const clickMs = 5_000;

describe('Health', () => {
  let home: TemporaryFolder;
  let workbench: Workbench;
  let gone = '';
  let title = '';

  before(async () => {
    home = await temporaryFolder();
    const paths: string[] = [];
    for (const session of sessions) paths.push(await writeSession(home.path, session));
    const [drifting = '', old = '', last = ''] = paths;
    const common = { sessionId: sessions[0]?.id, version: '3.0.0', timestamp: new Date().toISOString() };
    await appendFile(drifting, `${JSON.stringify({ ...common, uuid: 'new1', type: 'hologram', note: 'blue' })}\n{"torn": \n`);
    const longAgo = new Date(Date.now() - 40 * 86_400_000);
    await utimes(old, longAgo, longAgo);
    gone = last;
    title = sessions[2]?.title ?? '';
    workbench = await openWorkbench({ home: home.path });
  });

  after(async () => {
    await workbench?.close();
    await home.remove();
  });

  it('says what needs a look, and why', async () => {
    const { page } = workbench;
    await openDaybook(page);
    await widenSideBar(page, 520);
    await workbench.command('Daybook: Focus on Health View');
    await lines(page, 'Health', /Claude Code 3\.0\.0 writes something that Daybook does not know: “hologram”/).waitFor();
    await lines(page, 'Health', /Line \d+ of .*….jsonl is not a JSON object and was skipped\./).first().waitFor();
    await lines(page, 'Health', 'Claude Code deletes sessions after 30 days. 1 of yours would be gone by now; Daybook has kept it.').waitFor();
    await workbench.screenshot('health');
  });

  it('is told that a source is gone, and says so on the session', async () => {
    const { page } = workbench;
    await rm(gone);
    await workbench.command('Daybook: Look Again');
    await lines(page, 'Health', 'The source of one session is gone; the copy here is kept.').waitFor();
    await workbench.command('Daybook: Import Now');
    await lines(page, 'Sessions', new RegExp(`${title}.*source gone`)).waitFor();
    await workbench.screenshot('health-gone');
  });

  it('forgets a notice that is dismissed', async () => {
    const { page } = workbench;
    const notice = lines(page, 'Health', /“hologram”/).last();
    // A click that comes while the view is drawn anew is lost, and a person clicks once more.
    for (let clicks = 0; clicks < mostClicks && (await notice.count()) > 0; clicks++) {
      const isGone = notice.waitFor({ state: 'detached', timeout: clickMs });
      await notice.hover();
      await notice.getByRole('button', { name: 'Dismiss' }).click({ timeout: clickMs }).catch((error: unknown) => console.log(`Not dismissed yet: ${String(error)}`));
      await isGone.catch(() => console.log('Not dismissed yet.'));
    }
    assert.equal(await notice.count(), 0);
    await workbench.command('Daybook: Look Again');
    assert.equal(await view(page, 'Health').getByText('“hologram”').count(), 0);
    await workbench.screenshot('health-dismissed');
  });
});
