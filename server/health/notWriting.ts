/** That nothing can be written, for *Health*. */

import type { HealthNote } from '../../shared/health.ts';
import type { Trouble } from '../../shared/trouble.ts';

export function notWriting(trouble: Trouble | undefined): HealthNote[] {
  if (!trouble) return [];
  const message = `Nothing was recorded since ${trouble.since}. ${trouble.message} What happens is kept meanwhile, as much as there is room for; recording goes on by itself.`;
  return [{ id: `daybook:not-writing:${trouble.since}`, code: 'not-writing', state: 'failed', message }];
}
