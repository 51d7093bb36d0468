/**
 * What is recorded. A record is a CloudEvents 1.0 event in JSON format; a journal line is exactly one record.
 * https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md
 */

import type { ConsentLevel } from './consentLevel.ts';
import type { SessionMarked } from './marks.ts';
import type {
  DebugException, DebugStarted, DebugStopped, DiagnosticsChanged, ExtensionChanged, FilesChanged, GitBranch, GitMoved, GitStash, NotebookCell,
  TaskRun, WindowChanged,
} from './activity.ts';
import type { FullOutput, PackedOutput } from './fullOutput.ts';
import type { ChatMessage, ChatSessionHeader } from './session.ts';
import type { Problem } from './problem.ts';
import type { TestCoverage, TestRun } from './testRun.ts';
import type { FunctionCall, WorkflowCheckpoint, WorkflowEnded, WorkflowStarted, WorkflowStep } from './workflow.ts';

export const families = ['events', 'tasks', 'tool_executions', 'workflows', 'chats'] as const;
export type Family = (typeof families)[number];

/** The family's word inside `type`: `dev.daybook.<word>.<kind>`. */
export const familyWords = {
  events: 'event',
  tasks: 'task',
  tool_executions: 'tool_execution',
  workflows: 'workflow',
  chats: 'chat',
} as const satisfies Record<Family, string>;

/** A record as the journal keeps it. Attribute names are CloudEvents names: lower-case letters and digits only. */
export interface DaybookRecord<Data = unknown> {
  readonly specversion: '1.0';
  /**
   * Stable identity. A UUIDv7 for what happens live; `<session id>:<native id>` for what is imported, with
   * `~<hash>` appended where the source may still change the thing (the latest revision counts).
   */
  readonly id: string;
  /** Who observed it: `lsp`, `vscode`, `claude-code`, `copilot-chat`, `cli`, `api:<extension id>` … (a URI-reference). */
  readonly source: string;
  /** `dev.daybook.<family word>.<kind>`, e.g. `dev.daybook.event.editor.saved`. */
  readonly type: string;
  /** RFC 3339, UTC, milliseconds: when it happened, not when it was written. */
  readonly time: string;
  /** What it is about: workspace-relative path, command line, tool name. */
  readonly subject?: string;
  /** The coding or chat session it belongs to. */
  readonly sessionid?: string;
  /** Workspace folder URI. */
  readonly workspace?: string;
  /** `user`, `agent:<name>` or `external`; absent when it is not known. */
  readonly actor?: string;
  /** How many redactions were made in it; absent when none. */
  readonly redactions?: number;
  /** The level to which it was cut down, see consent.ts; absent where everything was kept. */
  readonly consent?: ConsentLevel;
  readonly data: Data;
}

/** What a producer hands in: Daybook fills in the envelope. The short form of `daybook record` and `daybook/record`. */
export interface ShortRecord<Data = unknown> {
  readonly family: Family;
  /** Dotted, lower-case: `editor.saved`, `terminal.command`, `message`. */
  readonly kind: string;
  readonly data: Data;
  /** Stable identity where the producer has one; else a UUIDv7 is given. */
  readonly id?: string;
  /** RFC 3339; now when absent. */
  readonly time?: string;
  readonly session?: string;
  readonly subject?: string;
  readonly actor?: string;
  /** Workspace folder URI. */
  readonly workspace?: string;
  /** The level at which it was observed. Daybook lowers it to that of the folder, and never raises it. */
  readonly consent?: ConsentLevel;
}

/** The payload of each kind that Daybook itself emits. Other producers may add kinds of their own. */
export interface Payloads {
  readonly events: {
    readonly 'editor.opened': EditorOpened;
    readonly 'editor.edited': EditorEdited;
    readonly 'editor.saved': EditorSaved;
    readonly 'editor.closed': EditorClosed;
    readonly 'file.created': FileChanged;
    readonly 'file.renamed': FileRenamed;
    readonly 'file.deleted': FileChanged;
    /** By something outside the editor. */
    readonly 'file.changed': FileChanged;
    readonly 'files.changed': FilesChanged;
    readonly 'debug.started': DebugStarted;
    readonly 'debug.exception': DebugException;
    readonly 'debug.stopped': DebugStopped;
    readonly 'git.commit': GitMoved;
    readonly 'git.checkout': GitMoved;
    readonly 'git.merge': GitMoved;
    readonly 'git.rebase': GitMoved;
    readonly 'git.reset': GitMoved;
    readonly 'git.moved': GitMoved;
    readonly 'git.stash': GitStash;
    readonly 'git.branch': GitBranch;
    readonly 'diagnostics.changed': DiagnosticsChanged;
    readonly 'window.focused': WindowChanged;
    readonly 'window.unfocused': WindowChanged;
    readonly 'window.active': WindowChanged;
    readonly 'window.idle': WindowChanged;
    readonly 'extension.installed': ExtensionChanged;
    readonly 'extension.removed': ExtensionChanged;
    readonly 'extension.updated': ExtensionChanged;
    readonly 'test.run': TestRun;
    readonly 'test.coverage': TestCoverage;
    readonly 'session.marked': SessionMarked;
    readonly 'source.problem': SourceProblem;
    readonly 'source.gap': SourceGap;
  };
  readonly tasks: {
    readonly run: TaskRun;
  };
  readonly tool_executions: {
    readonly 'notebook.cell': NotebookCell;
    readonly 'terminal.command': TerminalCommand;
    readonly 'function.call': FunctionCall;
  };
  readonly workflows: {
    readonly started: WorkflowStarted;
    readonly step: WorkflowStep;
    readonly checkpoint: WorkflowCheckpoint;
    readonly ended: WorkflowEnded;
  };
  readonly chats: {
    readonly session: ChatSessionHeader;
    readonly message: ChatMessage;
    /** A line of a kind the importer does not know, kept as it was (after redaction). */
    readonly unknown: UnknownChatRecord;
  };
}

/** The `type` attribute of a family and kind. */
export function typeOf(family: Family, kind: string): string {
  return `dev.daybook.${familyWords[family]}.${kind}`;
}

const familyByWord = new Map<string, Family>(families.map((family) => [familyWords[family], family]));

export interface RecordType {
  readonly family: Family;
  readonly kind: string;
}

/** There are a few dozen types, and each record is asked for its own several times. */
const knownTypes = new Map<string, RecordType>();

/** Family and kind of a `type` attribute; undefined when it is not a Daybook type. */
export function parseType(type: string): RecordType | undefined {
  const known = knownTypes.get(type);
  if (known) return known;
  const found = readType(type);
  // Others may send any number of types: the first are as good as any.
  if (found && knownTypes.size < 256) knownTypes.set(type, found);
  return found;
}

function readType(type: string): RecordType | undefined {
  const match = /^dev\.daybook\.([a-z_]+)\.([a-z][a-z0-9_.-]*)$/.exec(type);
  const family = match && familyByWord.get(match[1] ?? '');
  return match && family ? { family, kind: match[2] ?? '' } : undefined;
}

/** Why the content of a file is not recorded. Only the fact that it changed is. */
export type IgnoreReason = 'ignored-by-rule' | 'ignored-by-setting' | 'binary' | 'too-large';

export interface EditorOpened {
  readonly uri: string;
  readonly languageId: string;
  /** Number of lines. */
  readonly lines: number;
  readonly ignored?: IgnoreReason;
}

/** One burst of typing in one file: everything between two pauses. */
export interface EditorEdited {
  readonly uri: string;
  readonly languageId: string;
  /** RFC 3339; the first change of the burst. The record's own time is that of the last. */
  readonly startedAt: string;
  /** How many messages with changes came. The VS Code extension sends together what is typed within 200 ms; other clients decide for themselves. */
  readonly changes: number;
  /** Whether the editor read the file anew because something else had written it; absent where the editor does not tell. */
  readonly fromDisk?: boolean;
  /** Changed line ranges of the text after the burst, first line 1, `end` inclusive; `end < start` where lines were only removed. */
  readonly ranges?: readonly LineRange[];
  readonly linesAdded?: number;
  readonly linesRemoved?: number;
  /** Unified diff of the burst, three lines of context, computed on redacted text. */
  readonly diff?: string;
  /** Set instead of `diff` where there is none although the consent is full. */
  readonly diffOmitted?: IgnoreReason | 'diff-too-large' | 'no-visible-change';
}

export interface LineRange {
  readonly start: number;
  readonly end: number;
}

export interface EditorSaved {
  readonly uri: string;
  readonly languageId: string;
  /** SHA-256 of the saved text in UTF-8, hex; absent for ignored files. */
  readonly sha256?: string;
  /** Number of lines; absent for ignored files. */
  readonly lines?: number;
  readonly ignored?: IgnoreReason;
}

export interface EditorClosed {
  readonly uri: string;
}

export interface FileChanged {
  readonly uri: string;
}

export interface FileRenamed {
  readonly oldUri: string;
  readonly uri: string;
}

/** Something in a source that could not be read. */
export type SourceProblem = Problem;

/**
 * Something that happens but cannot be seen, such as commands of a shell without shell integration: said once for each thing that is not
 * seen, never guessed at.
 */
export interface SourceGap {
  /** Short, stable, kebab-case: `no-shell-integration`. */
  readonly code: string;
  /** One sentence for a person. */
  readonly message: string;
  /** Name of the terminal. */
  readonly terminal?: string;
  readonly shell?: string;
}

export interface TerminalCommand {
  /** The command line as the shell integration reports it. */
  readonly command: string;
  /** Working directory, absolute path. */
  readonly cwd?: string;
  /** Absent when the shell did not report one. */
  readonly exitCode?: number;
  readonly status: 'succeeded' | 'failed' | 'unknown';
  /** RFC 3339; the record's own time is the end. */
  readonly startedAt: string;
  readonly durationMs: number;
  /** Plain text without terminal control sequences, bounded by `daybook.terminal.maxOutput`. */
  readonly output?: string;
  /** Characters of output left out of the middle; absent when none. */
  readonly outputOmitted?: number;
  /** All of the output, where `daybook.terminal.maxFullOutput` asks for it and `output` is not all. On its way in it is packed, and never written so. */
  readonly fullOutput?: FullOutput | PackedOutput;
  /**
   * Set where the editor handed over nothing, not even the control sequence with which output begins: there may have been some. A remote
   * window does that when a command ends within a few milliseconds.
   */
  readonly outputMissing?: true;
  /** Name of the terminal. */
  readonly terminal?: string;
  readonly shell?: string;
}

export interface UnknownChatRecord {
  /** The source's own name for the kind of line. */
  readonly nativeType: string;
  readonly raw: unknown;
}
