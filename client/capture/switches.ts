import * as vscode from 'vscode';
import type { SettingKey } from '../../shared/settings.ts';
import { setting } from '../connection/settings.ts';
import type { StatusWatch } from '../status.ts';

type BooleanKey = { [Key in SettingKey]: ReturnType<typeof setting<Key>> extends boolean ? Key : never }[SettingKey];

/** One thing that is recorded, and the setting that switches it off alone. */
export interface Source {
  readonly setting: BooleanKey;
  /** Registers its listeners; disposing it removes them all. */
  readonly start: () => vscode.Disposable;
}

/**
 * Runs each source while its setting is on and recording is not paused. A source that is off has no listener and no watcher, so it
 * costs nothing; what happens meanwhile is not recorded later.
 */
export function runSources(sources: readonly Source[], status: StatusWatch): vscode.Disposable {
  const running = new Map<Source, vscode.Disposable>();

  function update(): void {
    for (const source of sources) {
      const wanted = status.recording && setting(source.setting);
      const now = running.get(source);
      if (wanted && !now) running.set(source, source.start());
      if (wanted || !now) continue;
      running.delete(source);
      now.dispose();
    }
  }

  update();
  return vscode.Disposable.from(
    status.onDidChange(update),
    vscode.workspace.onDidChangeConfiguration((change) => change.affectsConfiguration('daybook') && update()),
    { dispose: () => running.forEach((source) => void source.dispose()) },
  );
}
