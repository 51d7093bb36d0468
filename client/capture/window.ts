import * as vscode from 'vscode';
import type { Emit } from './emit.ts';

/** Records when the window gains and loses focus, and when the person in it becomes idle and active again, as the editor sees it. */
export function captureWindow(emit: Emit): vscode.Disposable {
  let { focused, active } = vscode.window.state;
  return vscode.window.onDidChangeWindowState((state) => {
    if (state.focused !== focused) emit('events', state.focused ? 'window.focused' : 'window.unfocused', { focused: state.focused });
    if (state.active !== active) emit('events', state.active ? 'window.active' : 'window.idle', { focused: state.focused });
    ({ focused, active } = state);
  });
}
