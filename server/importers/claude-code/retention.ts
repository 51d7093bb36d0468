/**
 * Claude Code deletes transcripts at its start when they were not written to for `cleanupPeriodDays`
 * (https://code.claude.com/docs/en/settings). What an organisation manages comes before what the user says.
 */

import { asNumber, parseObject } from '../formats/json.ts';
import type { Machine, Retention } from '../importer.ts';

const defaultDays = 30;

export function retention({ home, env, platform }: Machine): Retention {
  const separator = platform === 'win32' ? '\\' : '/';
  const folder = (env['CLAUDE_CONFIG_DIR'] || [home, '.claude'].join(separator)).replace(/[\\/]+$/, '');
  return { setting: 'cleanupPeriodDays', files: [managedSettings(platform), [folder, 'settings.json'].join(separator)], days, defaultDays };
}

function managedSettings(platform: NodeJS.Platform): string {
  if (platform === 'win32') return 'C:\\Program Files\\ClaudeCode\\managed-settings.json';
  return platform === 'darwin' ? '/Library/Application Support/ClaudeCode/managed-settings.json' : '/etc/claude-code/managed-settings.json';
}

/** Only a number from 1 up says how long: versions differ in what 0 does, and none takes it for that many days. */
function days(content: string): number | undefined {
  const value = asNumber(parseObject(content)?.['cleanupPeriodDays']);
  return value !== undefined && value >= 1 ? value : undefined;
}
