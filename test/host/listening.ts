/** An error that nobody caught fails the test during which it happened, when it comes from Daybook. */
import { join } from 'node:path';
import * as vscode from 'vscode';

/** Call once, outside of any `describe`. */
export function failOnErrors(): void {
  const errors: Error[] = [];
  const own = join(vscode.extensions.getExtension('daybook.daybook')?.extensionPath ?? '', 'dist', 'bundle');
  const keep = (reason: unknown): void => {
    // Other extensions run in the same process; what is not an Error says nothing of where it is from.
    if (!(reason instanceof Error) || (reason.stack ?? '').includes(own)) errors.push(asError(reason));
  };
  before(() => void process.on('unhandledRejection', keep));
  afterEach(() => {
    const [first] = errors.splice(0);
    if (first !== undefined) throw first;
  });
  after(() => void process.off('unhandledRejection', keep));
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(`Something was rejected that is no error: ${String(reason)}`);
}
