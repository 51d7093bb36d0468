import * as vscode from 'vscode';
import type { ExtensionChanged } from '../../shared/activity.ts';
import type { Emit } from './emit.ts';

const minuteMs = 60_000;

/** Records which extensions were installed, removed and updated while the window is open. */
export function captureExtensions(emit: Emit): vscode.Disposable {
  let known = installed();

  function tell(kind: 'extension.installed' | 'extension.removed' | 'extension.updated', data: ExtensionChanged): void {
    // Every window sees it: with the same identity it is one record.
    const id = `${kind}:${data.id}@${data.version}:${Math.floor(Date.now() / minuteMs)}`;
    emit('events', kind, data, { id, subject: data.id });
  }

  return vscode.extensions.onDidChange(() => {
    const before = known;
    known = installed();
    for (const [id, version] of known) {
      const previous = before.get(id);
      if (previous === undefined) tell('extension.installed', { id, version });
      else if (previous !== version) tell('extension.updated', { id, version, previous });
    }
    for (const [id, version] of before) if (!known.has(id)) tell('extension.removed', { id, version });
  });
}

function installed(): ReadonlyMap<string, string> {
  return new Map(vscode.extensions.all.map(({ id, packageJSON }) => [id, versionOf(packageJSON)]));
}

function versionOf(manifest: unknown): string {
  const isManifest = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
  return isManifest && typeof manifest.version === 'string' ? manifest.version : '';
}
