/** A policy as somebody wrote it. */

import * as v from 'valibot';

const whole = v.pipe(v.number(), v.minValue(0));

export const policySchema = v.object({
  days: v.object({ events: whole, tasks: whole, tool_executions: whole, workflows: whole, chats: whole }),
  maxBytes: whole, capTakesChats: v.boolean(), graceDays: whole,
});
