/** The rule set, most certain first: where rules overlap, the earlier one gives the placeholder its name. */

import { createHash } from 'node:crypto';
import { assignmentRule } from './assignment.ts';
import { aiRules } from './issuers-ai.ts';
import { cloudRules } from './issuers-cloud.ts';
import { codeRules } from './issuers-code.ts';
import { serviceRules } from './issuers-services.ts';
import { privateKeyRules } from './pem.ts';
import { protocolRules } from './protocols.ts';
import type { Rule } from './rule.ts';

export const ownRules: readonly Rule[] = [
  ...privateKeyRules,
  ...cloudRules,
  ...codeRules,
  ...aiRules,
  ...serviceRules,
  ...protocolRules,
  assignmentRule,
];

/** Counts up when the code around the rules finds more or less than before; the rules themselves are in the digest. */
const matcherVersion = 1;

/** Identifies what the own rules find: the same text gives the same result under the same version. */
export const ownRulesVersion = `${matcherVersion}.${digest(ownRules)}`;

function digest(rules: readonly Rule[]): string {
  const hash = createHash('sha256');
  for (const rule of rules) hash.update(`${rule.id}\n${rule.keywords.join(' ')}\n${'pattern' in rule ? String(rule.pattern) : ''}\n`);
  return hash.digest('hex').slice(0, 8);
}
