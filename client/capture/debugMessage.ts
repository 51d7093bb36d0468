/** What is read of the Debug Adapter Protocol: two of its events. https://microsoft.github.io/debug-adapter-protocol/specification#Events */

const longestText = 2_000;

/** The exit code of the debugged program, where the message says one. */
export function exitCodeOf(message: unknown): number | undefined {
  const { exitCode } = bodyOf(message, 'exited') ?? {};
  return typeof exitCode === 'number' ? exitCode : undefined;
}

/** What a debugger says of the exception at which it stopped; undefined when the message is another. */
export function exceptionOf(message: unknown): { readonly description?: string; readonly text?: string } | undefined {
  const body = bodyOf(message, 'stopped');
  if (body?.['reason'] !== 'exception') return undefined;
  const { description, text } = body;
  return {
    ...(typeof description === 'string' ? { description: description.slice(0, longestText) } : {}),
    ...(typeof text === 'string' ? { text: text.slice(0, longestText) } : {}),
  };
}

function bodyOf(message: unknown, event: string): Readonly<Record<string, unknown>> | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  const { type, event: name, body } = message as Readonly<Record<string, unknown>>;
  if (type !== 'event' || name !== event || typeof body !== 'object' || body === null) return undefined;
  return body as Readonly<Record<string, unknown>>;
}
