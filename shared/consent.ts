/**
 * How much is recorded of what happens in a folder. Both sides apply it, through the one function here:
 *
 * | level | what is kept |
 * |---|---|
 * | `off` | nothing |
 * | `metadata` | that it happened, when, how long it took, how it ended, and counts; of a file its extension. No name, path or command |
 * | `no content` | names as well: of files, commands, tasks, branches. No changed line, hash of a text, output or message |
 * | `full` | everything |
 *
 * A record below `full` says so itself, as `consent`. The folder in which it happened is kept at every level but `off`.
 */

import { familyWords } from './record.ts';
import type { Family } from './record.ts';
import type { ConsentLevel } from './consentLevel.ts';
import { isConsentLevel, lower } from './consentLevel.ts';

/** What a person decided: for folders, and for everything else. */
export interface Consent {
  readonly default: ConsentLevel;
  /** Folder URI without a slash at its end → level. It holds for the folders below too, unless they have their own. */
  readonly folders: Readonly<Record<string, ConsentLevel>>;
}

/** What settings hold. A word that is no level means `off`: whoever wrote it wanted less than everything. */
export function readConsent(input: { readonly default?: unknown; readonly folders?: unknown } = {}): Consent {
  const { default: other = 'full', folders = {} } = input;
  if (typeof folders !== 'object' || folders === null || Array.isArray(folders)) return { default: 'off', folders: {} };
  const read = Object.entries(folders).map(([uri, level]) => [plain(uri), levelOf(level)]);
  return { default: levelOf(other), folders: Object.fromEntries(read) as Record<string, ConsentLevel> };
}

/** The same, with nothing above `most`. */
export function atMost(most: ConsentLevel, consent: Consent): Consent {
  const folders = Object.entries(consent.folders).map(([uri, level]) => [uri, lower(level, most)]);
  return { default: lower(consent.default, most), folders: Object.fromEntries(folders) as Record<string, ConsentLevel> };
}

/** The level of a folder: its own, else that of the nearest folder above it, else the default. */
export function consentIn(consent: Consent, folder: string): ConsentLevel {
  const path = plain(folder);
  const nearest = Object.keys(consent.folders)
    .filter((uri) => path === uri || path.startsWith(`${uri}/`))
    .sort((a, b) => b.length - a.length)[0];
  return (nearest === undefined ? undefined : consent.folders[nearest]) ?? consent.default;
}

/**
 * The level of what happens in an open window.
 * @param folder undefined for what belongs to no folder: the most careful of all open folders holds
 */
export function consentAmong(consent: Consent, open: readonly string[], folder: string | undefined): ConsentLevel {
  if (folder !== undefined) return consentIn(consent, folder);
  const [first, ...more] = open.map((each) => consentIn(consent, each));
  return first === undefined ? consent.default : more.reduce(lower, first);
}

/** A record as far as its level goes. */
export interface Consented {
  readonly family: Family;
  readonly kind: string;
  readonly data: unknown;
  readonly subject?: string;
  /** The level at which it was observed, where that is known: nothing is added later. */
  readonly consent?: ConsentLevel;
}

/** What may be kept of a record; undefined when nothing may. Doing it twice changes nothing. */
export function limited<Kept extends Consented>(record: Kept, allowed: ConsentLevel): Kept | undefined {
  const level = isConsentLevel(record.consent) ? lower(record.consent, allowed) : allowed;
  if (level === 'full') return whole(record);
  // Daybook's own account of what it could not see stays whole: without it nobody would know of the hole.
  if (level !== 'off' && record.kind.startsWith('source.')) return { ...record, consent: level };
  // A conversation is content throughout; an extension has nothing but its name, and its record bears it in its identity.
  if (level === 'off' || record.family === 'chats' || (level === 'metadata' && record.kind.startsWith('extension.'))) return undefined;
  const { subject, ...rest } = record;
  const kept = subject === undefined ? undefined : keptSubject(record.kind, subject, level);
  const isKnown = knownKinds.test(`${familyWords[record.family]}.${record.kind}`);
  const data = isKnown ? keptFields(record.data, level) : {};
  return { ...rest, ...(kept === undefined ? {} : { subject: kept }), data, consent: level } as unknown as Kept;
}

function whole<Kept extends Consented>(record: Kept): Kept {
  if (record.consent === undefined) return record;
  const { consent: _consent, ...rest } = record;
  return rest as Kept;
}

/** Payloads whose fields are known. What other programs send may hold anything under any name. */
const knownKinds = new RegExp('^(event\\.(editor|file|files|debug|git|diagnostics|window|extension)\\.|event\\.test\\.(run|coverage)$'
  + '|task\\.run$|tool_execution\\.(terminal\\.command|notebook\\.cell|function\\.call)$|workflow\\.(started|step|checkpoint|ended)$)');

const plainFields = new Set([
  'status', 'startedAt', 'durationMs', 'exitCode', 'run', 'session', 'parent', 'exceptions', 'languageId', 'lines', 'linesAdded', 'linesRemoved',
  'changes', 'fromDisk', 'ranges', 'start', 'end', 'ignored', 'diffOmitted', 'index', 'counts', 'problems', 'errors', 'warnings', 'infos', 'hints', 'count',
  'files', 'created', 'changed', 'deleted', 'focused', 'action', 'outputOmitted', 'outputMissing', 'code', 'at', 'version', 'resumed', 'position',
  'passed', 'failed', 'skipped', 'outcome', 'tests', 'testsOmitted', 'reports', 'sameAs', 'testRun', 'format', 'found', 'hit', 'functions', 'branches',
  'filesOmitted', 'matched', 'matchedOmitted', 'severity', 'line',
]);

const nameFields = new Set([
  'uri', 'oldUri', 'name', 'names', 'source', 'command', 'cwd', 'terminal', 'shell', 'type', 'request', 'program', 'repository', 'operation',
  'hash', 'previous', 'author', 'from', 'to', 'id', 'step', 'runner',
  'suite', 'report', 'path',
]);

/** Fields that are named here, and no other: one that is added to a payload is left out until somebody decides. */
function keptFields(value: unknown, level: ConsentLevel): unknown {
  if (Array.isArray(value)) return value.map((item) => keptFields(item, level));
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).flatMap(([field, inner]) => {
    if (plainFields.has(field)) return [[field, keptFields(inner, level)] as const];
    if (!nameFields.has(field)) return [];
    // An empty name, rather than none: who reads the record finds what its type promises.
    return [[field, level === 'no content' ? inner : Array.isArray(inner) ? [] : ''] as const];
  });
  return Object.fromEntries(kept);
}

/** Kinds whose subject begins with what somebody wrote, such as the message of a commit. */
const writtenSubjects = /^git\.(?!checkout$|branch$)/;
const fileSubjects = /^(editor|file)\.|^diagnostics\.changed$|^notebook\.cell$/;

function keptSubject(kind: string, subject: string, level: ConsentLevel): string | undefined {
  if (level === 'no content') return writtenSubjects.test(kind) ? undefined : subject;
  const extension = fileSubjects.test(kind) ? /(?:[^\\/]|^\*)(\.[A-Za-z0-9]{1,10})$/.exec(subject)?.[1] : undefined;
  return extension === undefined ? undefined : `*${extension}`;
}

function levelOf(value: unknown): ConsentLevel {
  return isConsentLevel(value) ? value : 'off';
}

function plain(uri: string): string {
  return uri.replace(/\/+$/, '');
}
