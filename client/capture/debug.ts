import * as vscode from 'vscode';
import { exceptionOf, exitCodeOf } from './debugMessage.ts';
import type { Emit } from './emit.ts';

interface Running {
  readonly startedAt: number;
  exitCode?: number | undefined;
  exceptions: number;
}

/** Of one session; a program in a loop may throw any number. */
const mostExceptions = 20;

/** Records debug sessions. Of what debugger and editor say to each other only exits and exceptions are read, never a value. */
export function captureDebug(emit: Emit): vscode.Disposable {
  const running = new Map<string, Running>();

  /** The adapter may speak before the session is said to have started. */
  function of(session: vscode.DebugSession): Running {
    const known = running.get(session.id) ?? { startedAt: Date.now(), exceptions: 0 };
    running.set(session.id, known);
    return known;
  }

  function heard(session: vscode.DebugSession, message: unknown): void {
    const exitCode = exitCodeOf(message);
    if (exitCode !== undefined) of(session).exitCode = exitCode;
    const exception = exceptionOf(message);
    if (!exception || ++of(session).exceptions > mostExceptions) return;
    emit('events', 'debug.exception', { session: session.id, type: session.type, ...exception }, aboutOf(session));
  }

  return vscode.Disposable.from(
    vscode.debug.registerDebugAdapterTrackerFactory('*', {
      createDebugAdapterTracker: (session) => ({ onDidSendMessage: (message: unknown) => heard(session, message) }),
    }),
    vscode.debug.onDidStartDebugSession((session) => {
      of(session);
      const { program } = session.configuration;
      emit('events', 'debug.started', {
        session: session.id,
        ...(session.parentSession ? { parent: session.parentSession.id } : {}),
        name: session.name,
        type: session.type,
        request: session.configuration.request,
        ...(typeof program === 'string' ? { program } : {}),
      }, aboutOf(session));
    }),
    vscode.debug.onDidTerminateDebugSession((session) => {
      const { startedAt, exitCode, exceptions } = of(session);
      running.delete(session.id);
      emit('events', 'debug.stopped', {
        session: session.id,
        name: session.name,
        type: session.type,
        ...(exitCode === undefined ? {} : { exitCode }),
        startedAt: new Date(startedAt).toISOString(),
        durationMs: Date.now() - startedAt,
        exceptions,
      }, aboutOf(session));
    }),
  );
}

function aboutOf({ name, workspaceFolder }: vscode.DebugSession): { subject: string; uri: vscode.Uri | undefined } {
  return { subject: name, uri: workspaceFolder?.uri };
}
