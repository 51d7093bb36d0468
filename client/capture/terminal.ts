import * as vscode from 'vscode';
import { uuidv7 } from 'uuidv7';
import type { PackedOutput } from '../../shared/fullOutput.ts';
import { sentence } from '../../shared/problem.ts';
import { setting } from '../connection/settings.ts';
import { createOutputPacker } from './fullOutput.ts';
import type { OutputPacker } from './fullOutput.ts';
import type { RecordQueue } from './queue.ts';
import { watchTaskTerminals } from './taskTerminals.ts';
import { commandRecord, isTask } from './terminalCommand.ts';
import { createTranscript } from './transcript.ts';
import type { Transcript, TranscriptText } from './transcript.ts';

/** A command that runs. */
interface Running {
  readonly terminal: vscode.Terminal;
  readonly startedAt: number;
  readonly cwd: vscode.Uri | undefined;
  readonly transcript: Transcript | undefined;
  /** Takes all of the output, where more than the transcript is wanted. */
  readonly packer: OutputPacker | undefined;
  /** Settles when the terminal has handed over all output. */
  readonly reading: Promise<void>;
}

/** How long the output may arrive after the end of its command. */
const lateOutputMs = 1000;

export interface TerminalWorld {
  readonly queue: RecordQueue;
  readonly log: vscode.LogOutputChannel;
  /** Whether recording is on now. */
  readonly recording: () => boolean;
}

/** Records commands of terminals with shell integration. What starts or ends while recording is paused is not looked at. */
export function captureTerminal({ queue, log, recording }: TerminalWorld): vscode.Disposable {
  const running = new Map<vscode.TerminalShellExecution, Running>();
  const tasks = watchTaskTerminals();
  const captures = (): boolean => recording() && setting('daybook.terminal.enabled');

  const started = vscode.window.onDidStartTerminalShellExecution(({ execution, terminal, shellIntegration }) => {
    if (!captures() || isTask(terminal.name, execution.commandLine.value)) return;
    tasks.look(terminal);
    const limit = setting('daybook.terminal.maxOutput');
    const fullLimit = setting('daybook.terminal.maxFullOutput') * 1_000;
    const transcript = limit > 0 ? createTranscript(limit) : undefined;
    const packer = fullLimit > limit ? createOutputPacker(fullLimit) : undefined;
    // The stream holds only what is written after it was asked for: ask at once. In a remote window even that is too late for a command
    // of a few milliseconds: VS Code tells its start, output and end in one message, and begins to listen for the stream after it.
    const reading = transcript || packer ? follow(execution.read(), [transcript, packer]) : Promise.resolve();
    reading.catch((error: unknown) => log.warn(`The output of a terminal command could not be read. ${sentence(error)}`));
    const cwd = execution.cwd ?? shellIntegration.cwd;
    running.set(execution, { terminal, startedAt: Date.now(), cwd, transcript, packer, reading });
  });

  async function finish(execution: vscode.TerminalShellExecution, exitCode: number | undefined): Promise<void> {
    const command = running.get(execution);
    running.delete(execution);
    // The command line may be known only now, and with it that there was none or that it was a task.
    const commandLine = execution.commandLine.value.trim();
    if (!command || !captures() || commandLine === '' || isTask(command.terminal.name, commandLine)) return;
    const endedAt = Date.now();
    // A terminal that one task leaves to the next may have borne the process of the first when the command started.
    tasks.look(command.terminal);
    await settledWithin(command.reading, lateOutputMs);
    if (tasks.has(command.terminal)) return;
    const output = command.transcript?.read();
    queue.add(recordOf(command, { commandLine, endedAt, exitCode, output, fullOutput: output?.omitted === 0 ? undefined : await packed(command) }));
  }

  async function packed({ packer }: Running): Promise<PackedOutput | undefined> {
    return packer?.read().catch((error: unknown) => {
      log.warn(`All of the output of a terminal command could not be kept. ${sentence(error)}`);
      return undefined;
    });
  }

  const ended = vscode.window.onDidEndTerminalShellExecution(({ execution, exitCode }) => void finish(execution, exitCode));
  // A closed terminal does not say how its last command ended.
  const closed = vscode.window.onDidCloseTerminal((terminal) => {
    for (const [execution, command] of running) if (command.terminal === terminal) void finish(execution, undefined);
  });
  return vscode.Disposable.from(tasks, started, ended, closed);
}

async function follow(pieces: AsyncIterable<string>, takers: readonly (Pick<Transcript, 'push'> | undefined)[]): Promise<void> {
  for await (const piece of pieces) for (const taker of takers) taker?.push(piece);
}

interface Ending {
  readonly commandLine: string;
  readonly endedAt: number;
  readonly exitCode: number | undefined;
  readonly output: TranscriptText | undefined;
  readonly fullOutput: PackedOutput | undefined;
}

function recordOf({ terminal, startedAt, cwd, transcript }: Running, ending: Ending): ReturnType<typeof commandRecord> {
  return commandRecord({
    ...ending,
    id: uuidv7(),
    startedAt,
    outputMissing: transcript?.isEmpty,
    cwd: cwd?.scheme === 'file' ? cwd.fsPath : undefined,
    workspace: workspaceOf(cwd),
    terminal: terminal.name,
    shell: terminal.state.shell,
  });
}

/** The folder that holds the working directory, or the only folder there is. */
function workspaceOf(cwd: vscode.Uri | undefined): string | undefined {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const folder = (cwd && vscode.workspace.getWorkspaceFolder(cwd)) ?? (folders.length === 1 ? folders[0] : undefined);
  return folder?.uri.toString();
}

/** Resolves when the promise has settled, after the given time at the latest. */
async function settledWithin(promise: Promise<void>, timeoutMs: number): Promise<void> {
  const timeout = Promise.withResolvers<undefined>();
  const timer = setTimeout(timeout.resolve, timeoutMs, undefined);
  await Promise.race([promise.catch(() => undefined), timeout.promise]);
  clearTimeout(timer);
}
