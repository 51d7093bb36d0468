/** What is done once it is due, with what happens anyway: scheduled exports, backups, letting go, and sealing the day before. Nothing wakes up for any of it. */

import type { Core } from '../core.ts';
import type { Imports } from './imports.ts';
import { createRetention, type Retention } from './retention.ts';
import type { SessionLog } from './sessionLog.ts';
import { createSchedule } from './schedule.ts';
import type { Settings } from './settings.ts';
import { createUpkeep } from './upkeep.ts';

export interface Due {
  readonly requests: Retention['requests'];
  readonly status: Retention['status'];
  /** Something happened; costs a few comparisons unless something may be due. */
  look(): void;
  /** Everything that the AI tools wrote was read. */
  read(): void;
  /** The settings are others than these. */
  changed(before: Settings): void;
  stop(): Promise<void>;
}

export interface DueDeps {
  readonly core: Core;
  readonly imports: () => Pick<Imports, 'retain' | 'maintain'>;
  readonly settings: () => Settings;
  readonly upkeepScript: URL;
  readonly log: Pick<SessionLog, 'shared' | 'take'>;
  /** Whether what happened is in the record by now. */
  readonly isReady: () => boolean;
  /** Called when there is something new to say; `message` is for the logs of editors that have no place of their own for it. */
  readonly onNews: (message: string | undefined) => void;
  readonly onTrouble: (cause: string, message: string) => void;
}

export function createDue({ core, imports, settings, upkeepScript, log, isReady, onNews, onTrouble }: DueDeps): Due {
  const onDone = (): void => onNews(undefined);
  const schedule = createSchedule({ core, exports: () => settings().exports, isReady, onDone, onTrouble: (message) => onTrouble('exports', message) });
  const upkeep = createUpkeep({
    dataDirectory: core.dataDirectory, plan: () => settings().backups, script: upkeepScript, log, isReady, onDone,
    onTrouble: (message) => onTrouble('backups', message),
  });
  const retention = createRetention({ core, imports, policy: () => settings().retention, onNews });
  let today = utcDay();
  return {
    requests: retention.requests,
    status: retention.status,
    look() {
      schedule.look();
      upkeep.look();
      retention.look();
      if (today === utcDay()) return;
      today = utcDay();
      imports().maintain();
    },
    read: retention.ready,
    changed(before) {
      const now = settings();
      if (JSON.stringify(before.exports) !== JSON.stringify(now.exports)) schedule.changed();
      if (JSON.stringify(before.retention) !== JSON.stringify(now.retention)) retention.changed();
      upkeep.changed();
    },
    async stop() {
      await schedule.stop();
      await upkeep.stop();
    },
  };
}

function utcDay(): string {
  return new Date().toISOString().slice(0, 10);
}
