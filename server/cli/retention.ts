/** `daybook retention`: what is kept how long, what would go, what waits; lets it go or keeps it. */

import type { Command } from 'commander';
import { Argument } from 'commander';
import { createInterface } from 'node:readline';
import { ProblemError } from '../../shared/problem.ts';
import type { RetentionResult, RetentionStatus } from '../../shared/retention.ts';
import { size } from '../../shared/size.ts';
import { aboveSentence, partText, planSentence, policyText, resultSentence } from '../expiry/words.ts';
import type { ForgetHost } from './forget.ts';

interface RetentionOptions {
  readonly now?: true;
  readonly yes?: true;
}

type Action = 'run' | 'undo';

/** Gives the command its options and its work. */
export function defineRetention<Common extends object>(command: Command, host: ForgetHost<Common>): void {
  command
    .addArgument(new Argument('[action]', 'run: plan what would go, which waits; undo: keep what would go').choices(['run', 'undo']))
    .option('--now', 'with run: let it go at once')
    .option('--yes', 'do not ask')
    .action((action: Action | undefined, options: Common & RetentionOptions) => host.withReader(options, async (reader) => {
      const retention = await reader.retention();
      const time = Date.now();
      if (action === 'undo') {
        const hadPlan = retention.status(time).plan !== null;
        return host.print(options, retention.keep(time), () => (hadPlan ? 'It stays. No plan is made by itself until the policy changes.' : 'Nothing waits to go.'));
      }
      if (action !== 'run') return host.print(options, retention.status(time), statusText);
      if (!options.now) return host.print(options, retention.plan(time), statusText);
      const status = retention.status(time);
      if (status.preview.records > 0 && !options.yes) await confirm(status, host);
      const result = retention.carryOut(time);
      if (!result) throw new ProblemError({ code: 'busy', message: 'Another program is letting things go right now. Look again in a moment.' });
      return host.print(options, result, (done: RetentionResult) => (done.records === 0 && done.errors.length === 0 ? 'Nothing is old enough to go.' : resultSentence(done)));
    }));
}

/** @throws ProblemError unless a person says yes */
async function confirm<Common>(status: RetentionStatus, { err, input, isTerminal }: ForgetHost<Common>): Promise<void> {
  if (!isTerminal) throw new ProblemError({ code: 'not-confirmed', message: 'Nobody is there to be asked, so nothing went. Look with daybook retention, then say --yes.' });
  err(`${previewText(status)}\nNobody can bring this back. Type yes to go on: `);
  const lines = createInterface({ input });
  try {
    for await (const line of lines) {
      if (line.trim().toLowerCase() === 'yes') return;
      break;
    }
  } finally {
    lines.close();
  }
  throw new ProblemError({ code: 'not-confirmed', message: 'Nothing went.' });
}

function statusText(status: RetentionStatus): string {
  const { policy, plan, kept, lastResult } = status;
  return [
    policyText(policy),
    plan ? `${planSentence(plan, policy)} Keep it with: daybook retention undo` : previewText(status),
    ...(!plan && kept ? ['Somebody kept what would go; daybook retention run plans it again.'] : []),
    ...(lastResult ? [resultSentence(lastResult)] : []),
  ].join('\n');
}

function previewText({ preview, policy }: RetentionStatus): string {
  const above = aboveSentence(preview, policy);
  const lines = preview.parts.map((part) => `  ${partText(part, policy)}, from ${part.first} to ${part.last}: ${size(part.bytes)}`);
  return [
    preview.records === 0 ? 'Nothing would go now.' : `Would go now: ${preview.records.toLocaleString('en')} ${preview.records === 1 ? 'record' : 'records'}, ${size(preview.bytes)} of ${size(preview.bytes + preview.bytesLeft)}.`,
    ...lines, ...(above === undefined ? [] : [above]),
  ].join('\n');
}
