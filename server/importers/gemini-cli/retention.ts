/**
 * Gemini CLI deletes sessions at its start by `general.sessionRetention`, which is on by default
 * (https://geminicli.com/docs/cli/session-management; google-gemini/gemini-cli, packages/cli/src/utils/sessionCleanup.ts).
 * Its older versions deleted nothing; which one is installed is not known here.
 */

import { asObject, asString, parseObject } from '../formats/json.ts';
import type { Machine, Retention } from '../importer.ts';

const defaultDays = 30;
const daysOfUnit: Readonly<Record<string, number>> = { h: 1 / 24, d: 1, w: 7, m: 30 };

export function retention({ home, env, platform }: Machine): Retention {
  const separator = platform === 'win32' ? '\\' : '/';
  const folder = (env['GEMINI_CLI_HOME'] || home).replace(/(.)[\\/]+$/, '$1');
  return { setting: 'general.sessionRetention', files: [[folder, '.gemini', 'settings.json'].join(separator)], days, defaultDays };
}

function days(content: string): number | 'never' | undefined {
  const settings = asObject(asObject(parseObject(content)?.['general'])?.['sessionRetention']);
  if (!settings) return undefined;
  if (settings['enabled'] === false) return 'never';
  const [, count, unit] = /^(\d+)([hdwm])$/.exec(asString(settings['maxAge']) ?? '') ?? [];
  return count === undefined || Number(count) === 0 ? undefined : Number(count) * (daysOfUnit[unit ?? ''] ?? 1);
}
