import type { HealthView } from '../views/health.ts';
import { noticeOfNode } from '../views/health.ts';

/** *Dismiss*, on a notice of *Health*. */
export function dismissNotice(health: HealthView): (argument?: unknown) => Promise<void> {
  return async (argument) => {
    const id = noticeOfNode(argument);
    if (id !== undefined) await health.dismiss(id);
  };
}
