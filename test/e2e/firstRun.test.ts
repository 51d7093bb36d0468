import assert from 'node:assert/strict';
import { afternoonZone } from '../support/afternoon.ts';
import { writeSession } from '../support/demo/claudeCode.ts';
import { flakyTest, sessions } from '../support/demo/sessions.ts';
import { lines, openDaybook, widenSideBar } from '../support/sidebar.ts';
import { temporaryFolder } from '../support/temporary.ts';
import type { TemporaryFolder } from '../support/temporary.ts';
import { inBothSchemes } from '../support/theme.ts';
import { webview } from '../support/webview.ts';
import { openWorkbench } from '../support/workbench.ts';
import type { Workbench } from '../support/workbench.ts';
import { itThoroughly } from '../support/itThoroughly.ts';

const title = 'Get Started with Daybook';

describe('The first run', () => {
  const zone = process.env['TZ'];
  let home: TemporaryFolder;
  let workbench: Workbench;

  before(async () => {
    process.env['TZ'] = afternoonZone();
    home = await temporaryFolder();
    for (const session of sessions) await writeSession(home.path, session);
    workbench = await openWorkbench({ home: home.path, settings: { 'window.autoDetectColorScheme': true } });
    await workbench.page.emulateMedia({ colorScheme: 'dark' });
    await openDaybook(workbench.page);
    await lines(workbench.page, 'Sessions', flakyTest.title).waitFor();
  });

  after(async () => {
    await workbench?.close();
    await home.remove();
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot('failed');
  });

  const both = (name: string): Promise<void> =>
    inBothSchemes(workbench, (scheme) => workbench.screenshot(scheme === 'dark' ? name : `${name}-light`));
  /** Nothing is pointed at in a picture. */
  const outOfTheWay = (): Promise<void> => workbench.page.mouse.move(640, 798);
  const rows = (text: string | RegExp) => workbench.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: text });

  it('begins with a walkthrough whose first search is the person’s own', async () => {
    const { page } = workbench;
    await workbench.command('Daybook: Get Started');
    await page.getByText(title).first().waitFor();
    await page.getByRole('button', { name: /Find something of your own/ }).click();
    await page.locator('.getting-started-step.expanded img, .gettingStartedContainer img').first().waitFor({ state: 'attached' });
    await both('walkthrough');
    await page.getByRole('button', { name: 'Try a Search of Your Own' }).click();
    await rows(/basket\.js/).first().waitFor();
    assert.equal(await page.locator('.quick-input-widget input[type="text"]').inputValue(), 'basket.js');
    await both('first-search');
    await page.keyboard.press('Escape');
  });

  it('offers the same search where nothing is typed yet', async () => {
    const { page } = workbench;
    await workbench.command('View: Close All Editors');
    await workbench.command('Daybook: Search');
    await rows(/basket\.js.*from your session "Fix the failing basket test"/).waitFor();
    await rows('is:error during:last-week').waitFor();
    await page.keyboard.press('Enter');
    await rows(/ago/).first().waitFor();
    await page.keyboard.press('Escape');
  });

  itThoroughly('has pictures of what it speaks of', async () => {
    const { page } = workbench;
    await workbench.command('View: Close All Editors');
    await workbench.command('Daybook: What Is Recorded?');
    await (await webview(page)).getByRole('heading', { name: 'What Daybook records' }).waitFor();
    await both('first-recorded');
    await workbench.command('View: Close All Editors');
    await workbench.command('Daybook: Choose What Is Recorded Here…');
    await rows(/./).nth(2).waitFor();
    await outOfTheWay();
    await both('first-privacy');
    await page.keyboard.press('Escape');
    await workbench.command('Daybook: Export…');
    await rows('Everything').first().click();
    await page.getByText('For people').first().waitFor();
    await outOfTheWay();
    await both('first-export');
    await page.keyboard.press('Escape');
    await widenSideBar(page, 340);
    await lines(page, 'Sessions', flakyTest.title).click();
    await (await webview(page)).getByText('Copy Turn').first().waitFor();
    await both('first-sessions');
  });
});
