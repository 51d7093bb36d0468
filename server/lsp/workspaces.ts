/** Workspace folders, and where a file lies among them. */

import { fileURLToPath } from 'node:url';
import { decoded } from '../../shared/uri.ts';

export interface Workspaces {
  set(uris: readonly string[]): void;
  change(added: readonly string[], removed: readonly string[]): void;
  all(): readonly string[];
  /** The folder a file belongs to, and its path below it (the whole path for files outside of all folders). */
  place(uri: string): { readonly subject: string; readonly workspace?: string };
  /** The only folder; undefined where there is none or more than one. */
  only(): string | undefined;
}

export function createWorkspaces(): Workspaces {
  let folders: string[] = [];
  const plain = (uri: string): string => uri.replace(/\/+$/, '');
  return {
    set: (uris) => {
      folders = uris.map(plain);
    },
    change(added, removed) {
      const gone = new Set(removed.map(plain));
      folders = [...folders.filter((uri) => !gone.has(uri)), ...added.map(plain)];
    },
    all: () => folders,
    place(uri) {
      const workspace = folders.filter((folder) => uri.startsWith(`${folder}/`)).sort((a, b) => b.length - a.length)[0];
      return workspace === undefined
        ? { subject: pathOf(uri) }
        : { subject: decoded(uri.slice(workspace.length + 1)), workspace };
    },
    only: () => (folders.length === 1 ? folders[0] : undefined),
  };
}

function pathOf(uri: string): string {
  try {
    return uri.startsWith('file:') ? fileURLToPath(uri) : decoded(uri);
  } catch {
    return uri; // a file URI that is no path on this platform is shown as it is
  }
}
