import type { PackedOutput } from '../../shared/fullOutput.ts';
import type { ShortRecord, TerminalCommand } from '../../shared/record.ts';
import type { TranscriptText } from './transcript.ts';

/** A command that has ended, in plain values. Times are milliseconds since 1970. */
export interface EndedCommand {
  readonly id: string;
  readonly commandLine: string;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly exitCode?: number | undefined;
  readonly output?: TranscriptText | undefined;
  /** All of it, where that is more than `output` and wanted. */
  readonly fullOutput?: PackedOutput | undefined;
  /** Whether output was wanted and nothing at all was handed over. */
  readonly outputMissing?: boolean | undefined;
  /** Absolute path. */
  readonly cwd?: string | undefined;
  /** Workspace folder URI. */
  readonly workspace?: string | undefined;
  readonly terminal?: string | undefined;
  readonly shell?: string | undefined;
}

const taskBanner = /^\s*\*\s+Executing task/;

/**
 * Whether an execution can be seen to be a task at once: VS Code reports tasks like commands, some with no name or with its own banner for
 * a command line. The others are told by their process, see taskTerminals.ts.
 */
export function isTask(terminalName: string, commandLine: string): boolean {
  return terminalName.trim() === '' || taskBanner.test(commandLine);
}

/** The record of a command. */
export function commandRecord(command: EndedCommand): ShortRecord<TerminalCommand> & { readonly id: string } {
  const text = command.output?.text ?? '';
  return {
    id: command.id,
    family: 'tool_executions',
    kind: 'terminal.command',
    time: new Date(command.endedAt).toISOString(),
    subject: command.commandLine,
    ...present('workspace', command.workspace),
    data: {
      command: command.commandLine,
      ...present('cwd', command.cwd),
      ...present('exitCode', command.exitCode),
      status: statusOf(command.exitCode),
      startedAt: new Date(command.startedAt).toISOString(),
      durationMs: command.endedAt - command.startedAt,
      ...(text === '' ? {} : { output: text }),
      ...(command.output && command.output.omitted > 0 ? { outputOmitted: command.output.omitted } : {}),
      ...present('fullOutput', command.fullOutput),
      ...(command.outputMissing ? { outputMissing: true } : {}),
      ...present('terminal', command.terminal),
      ...present('shell', command.shell),
    },
  };
}

function statusOf(exitCode: number | undefined): TerminalCommand['status'] {
  if (exitCode === undefined) return 'unknown';
  return exitCode === 0 ? 'succeeded' : 'failed';
}

/** The field, where there is a value for it. */
function present<Key extends string, Value>(key: Key, value: Value | undefined): { readonly [K in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [K in Key]: Value });
}
