import type { DiagnosticsPart } from '../../shared/log.ts';
import { settings, type SettingKey } from '../../shared/settings.ts';

/** Settings that hold one of a few words. Other texts are somebody's own: folders, globs, names. */
const worded: readonly SettingKey[] = ['daybook.defaultConsent', 'daybook.log.level'];

/** The settings that differ from their default: numbers and switches as they are, of everything else only how much there is. */
export function changedSettings(valueOf: (key: SettingKey) => unknown): DiagnosticsPart['facts'] {
  return (Object.keys(settings) as SettingKey[]).flatMap((key) => {
    const value = valueOf(key);
    return JSON.stringify(value) === JSON.stringify(settings[key].default) ? [] : [[key, shown(key, value)] as const];
  });
}

function shown(key: SettingKey, value: unknown): string {
  if (typeof value === 'boolean' || typeof value === 'number') return String(value);
  if (typeof value === 'string') return worded.includes(key) && /^[a-z ]{1,20}$/.test(value) ? value : 'set';
  const count = Array.isArray(value) ? value.length : Object.keys(value ?? {}).length;
  return count === 1 ? '1 entry' : `${count} entries`;
}
