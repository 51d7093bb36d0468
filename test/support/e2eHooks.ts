/** Around all browser tests: what a failed attempt left open is closed before the next, and what was started is ended after the last. */
import type { RootHookObject } from 'mocha';
import { endAll } from './endings.ts';
import { closeLeftovers } from './workbench.ts';

export const mochaHooks: RootHookObject = {
  async beforeEach(this: Mocha.Context) {
    const test = this.currentTest as (Mocha.Test & { currentRetry(): number }) | undefined;
    if (test !== undefined && test.currentRetry() > 0) await closeLeftovers();
  },
  async afterAll() {
    await endAll();
  },
};
