/** The server's settings: what a client sends, with defaults for everything it does not. */

import * as v from 'valibot';
import { readConsent, type Consent } from '../../shared/consent.ts';
import { policySchema } from '../expiry/policy.ts';
import { readChoice } from '../redactionTold.ts';
import { unlockParams } from './unlockParams.ts';
import { isLogLevel, readLogChoice, usualLog, type LogSettings } from '../../shared/log.ts';
import type { BackupPlan, ServerSettings } from '../../shared/protocol.ts';

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);
const strings = v.optional(v.array(v.string()), []);

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const limit = <const Default extends number>(byDefault: Default) => v.optional(v.pipe(v.number(), v.minValue(0)), byDefault);

const schema = v.object({
  dataDirectory: v.optional(v.string(), ''),
  recording: v.optional(v.boolean(), true),
  captureEditor: v.optional(v.boolean(), true),
  tellsReloads: v.optional(v.boolean(), false),
  captureTerminal: v.optional(v.boolean(), true),
  captureTestResults: v.optional(v.boolean(), true),
  captureTestReports: v.optional(v.boolean(), true),
  ignore: strings,
  maxFileSize: v.optional(v.pipe(v.number(), v.minValue(0)), 1_048_576),
  maxAttachment: v.optional(v.pipe(v.number(), v.minValue(0)), 10 << 20),
  disabledSources: strings,
  vscodeUserDirectories: strings,
  exports: v.optional(v.array(v.unknown()), []),
  backups: v.optional(v.object({
    automatic: v.optional(v.boolean(), true), folder: v.optional(v.string(), ''), daily: v.optional(count, 7), weekly: v.optional(count, 4),
  }), {}),
  retention: v.optional(policySchema),
  budget: v.optional(v.object({ cpuPercent: limit(100), memoryMegabytes: limit(1_000), diskGigabytes: limit(50) }), {}),
  log: v.pipe(v.optional(v.looseObject({}), {}), v.transform(readLogSettings)),
  redaction: v.pipe(v.optional(v.unknown(), {}), v.transform(readChoice)),
  idleMinutes: v.optional(v.pipe(v.number(), v.minValue(1)), 15),
  // What is not understood here must not be left out: that would mean full.
  consent: v.pipe(v.optional(v.unknown(), {}), v.transform(readLevels)),
  exportConsent: v.pipe(v.optional(v.unknown(), {}), v.transform(readLevels)),
  unlock: v.optional(unlockParams),
});

function readLogSettings({ level, levels, channel }: Readonly<Record<string, unknown>>): LogSettings {
  return { ...readLogChoice(level, levels), channel: isLogLevel(channel) ? channel : usualLog.level };
}

function readLevels(given: unknown): Consent {
  return readConsent(isObject(given) ? given : { default: 'off' });
}

/** Names of all settings. */
export const settingNames: readonly string[] = Object.keys(schema.entries);

/** Without a word of the client on retention, what holds goes on to hold. */
export type Settings = Required<Omit<ServerSettings, 'backups' | 'retention' | 'log' | 'unlock'>> & {
  readonly log: LogSettings;
  readonly backups: BackupPlan;
  readonly retention?: ServerSettings['retention'] | undefined;
  readonly unlock?: ServerSettings['unlock'] | undefined;
};

/** Settings that are of the wrong type are left out, one by one; `onWrong` is told their names. */
export function readSettings(input: unknown, onWrong: (name: string) => void = () => {}): Settings {
  const given = typeof input === 'object' && input !== null ? (input as Record<string, unknown>) : {};
  const good: Record<string, unknown> = {};
  for (const [name, entry] of Object.entries(schema.entries)) {
    if (given[name] === undefined) continue;
    if (v.is(entry, given[name])) good[name] = given[name];
    else onWrong(name);
  }
  return v.parse(schema, { ...good, exportConsent: good['exportConsent'] ?? good['consent'] });
}
