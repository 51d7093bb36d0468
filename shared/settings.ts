/**
 * Every setting, with the type and default that `package.json` declares: test/shared/contributions.test.ts compares both. All of them are
 * user settings (`"scope": "application"`): what is recorded, and where, is never decided by a folder that somebody opened.
 */

interface SettingTypes {
  readonly boolean: boolean;
  readonly string: string;
  readonly number: number;
  readonly strings: readonly string[];
  readonly objects: readonly Readonly<Record<string, unknown>>[];
  readonly object: Readonly<Record<string, unknown>>;
  /** Of whatever: who uses it says what is wrong with an entry. */
  readonly list: readonly unknown[];
}

interface NumberSetting {
  readonly type: 'number';
  readonly default: number;
  readonly minimum: number;
  readonly maximum: number;
}

type PlainType = Exclude<keyof SettingTypes, 'number'>;

type Setting =
  | NumberSetting
  | { [Type in PlainType]: { readonly type: Type; readonly default: SettingTypes[Type] } }[PlainType];

export const settings = {
  /** Whether recording is on when a window opens. */
  'daybook.recording.enabled': { type: 'boolean', default: true },
  'daybook.editor.enabled': { type: 'boolean', default: true },
  'daybook.terminal.enabled': { type: 'boolean', default: true },
  /** Characters per command; 0 keeps none. */
  'daybook.terminal.maxOutput': { type: 'number', default: 100_000, minimum: 0, maximum: 10_000_000 },
  /** Thousands of characters per command; 0 keeps none. */
  'daybook.terminal.maxFullOutput': { type: 'number', default: 0, minimum: 0, maximum: 20_000 },
  /** Folder URI → level, see consent.ts. */
  'daybook.consent': { type: 'object', default: {} },
  /** The level of folders that `daybook.consent` does not name. */
  'daybook.defaultConsent': { type: 'string', default: 'full' },
  /** Globs. */
  'daybook.ignore': { type: 'strings', default: [] },
  /** Kilobytes (1,024 bytes). */
  'daybook.maxFileSize': { type: 'number', default: 1024, minimum: 1, maximum: 102_400 },
  /** Kilobytes; 0 keeps none. */
  'daybook.attachments.maxSize': { type: 'number', default: 10_240, minimum: 0, maximum: 102_400 },
  /** Minutes. */
  'daybook.idleMinutes': { type: 'number', default: 15, minimum: 1, maximum: 1440 },
  'daybook.capture.tasks': { type: 'boolean', default: true },
  'daybook.capture.debug': { type: 'boolean', default: true },
  'daybook.capture.git': { type: 'boolean', default: true },
  'daybook.capture.diagnostics': { type: 'boolean', default: true },
  'daybook.capture.files': { type: 'boolean', default: true },
  'daybook.capture.window': { type: 'boolean', default: true },
  'daybook.capture.notebooks': { type: 'boolean', default: true },
  'daybook.capture.extensions': { type: 'boolean', default: true },
  'daybook.capture.testResults': { type: 'boolean', default: true },
  'daybook.capture.testReports': { type: 'boolean', default: true },
  /** Names of sources, such as `copilot-chat`. */
  'daybook.sources.disabled': { type: 'strings', default: [] },
  /** Absolute path; empty for the default. */
  'daybook.dataDirectory': { type: 'string', default: '' },
  'daybook.backups.automatic': { type: 'boolean', default: true },
  /** Absolute path; empty for `backups` in the data directory. */
  'daybook.backups.folder': { type: 'string', default: '' },
  /** Days and weeks of which one is kept. */
  'daybook.backups.daily': { type: 'number', default: 7, minimum: 0, maximum: 365 },
  'daybook.backups.weekly': { type: 'number', default: 4, minimum: 0, maximum: 520 },
  /** `{format, query?, folder, every: 'day' | 'week'}`; the server says what is wrong with one. */
  'daybook.exports': { type: 'objects', default: [] },
  /** Days; 0 for ever. */
  'daybook.retention.events': { type: 'number', default: 365, minimum: 0, maximum: 36_500 },
  'daybook.retention.tasks': { type: 'number', default: 0, minimum: 0, maximum: 36_500 },
  'daybook.retention.toolExecutions': { type: 'number', default: 0, minimum: 0, maximum: 36_500 },
  'daybook.retention.workflows': { type: 'number', default: 0, minimum: 0, maximum: 36_500 },
  'daybook.retention.chats': { type: 'number', default: 0, minimum: 0, maximum: 36_500 },
  /** Megabytes (1,000,000 bytes); 0 for any number. */
  'daybook.retention.maxSize': { type: 'number', default: 0, minimum: 0, maximum: 100_000_000 },
  'daybook.retention.maxSizeTakesChats': { type: 'boolean', default: false },
  /** Days. */
  'daybook.retention.graceDays': { type: 'number', default: 14, minimum: 1, maximum: 365 },
  /** Of one processor core; 0 is no limit, as for the next two. */
  'daybook.budget.cpuPercent': { type: 'number', default: 100, minimum: 0, maximum: 10_000 },
  /** Millions of bytes. */
  'daybook.budget.memoryMegabytes': { type: 'number', default: 1_000, minimum: 0, maximum: 100_000 },
  /** Billions of bytes. */
  'daybook.budget.diskGigabytes': { type: 'number', default: 50, minimum: 0, maximum: 100_000 },
  /** `{name, pattern, example, counterExample?, ignoreCase?}`; the server says what is wrong with one. */
  'daybook.redaction.rules': { type: 'list', default: [] },
  /** Exact texts, and `{pattern, ignoreCase?}`. */
  'daybook.redaction.allow': { type: 'list', default: [] },
  /** PersonalClasses. */
  'daybook.redaction.personal': { type: 'strings', default: [] },
  /** A LogLevel. */
  'daybook.log.level': { type: 'string', default: 'info' },
  /** LogCategory → LogLevel. */
  'daybook.log.levels': { type: 'object', default: {} },
} as const satisfies Record<string, Setting>;

export type SettingKey = keyof typeof settings;
export type SettingValue<Key extends SettingKey> = SettingTypes[(typeof settings)[Key]['type']];

const isPlainObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

const isOfType: { readonly [Type in keyof SettingTypes]: (value: unknown) => boolean } = {
  boolean: (value) => typeof value === 'boolean',
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number' && Number.isFinite(value),
  strings: (value) => Array.isArray(value) && value.every((item) => typeof item === 'string'),
  objects: (value) => Array.isArray(value) && value.every(isPlainObject),
  object: isPlainObject,
  list: (value) => Array.isArray(value),
};

/**
 * The value to work with for what a settings file holds: a value of another type counts as the default, a number outside its range as
 * the nearest one inside.
 */
export function settingValue<Key extends SettingKey>(key: Key, value: unknown): SettingValue<Key> {
  const setting: Setting = settings[key];
  const typed = isOfType[setting.type](value) ? value : setting.default;
  const bounded = setting.type === 'number' ? within(setting, typed as number) : typed;
  return bounded as SettingValue<Key>;
}

function within(setting: NumberSetting, value: number): number {
  return Math.min(setting.maximum, Math.max(setting.minimum, value));
}
