import { asText } from '../formats/json.ts';
import { fileUri, pathOf } from '../formats/place.ts';

/** Where a session belongs. The editor extensions write a URI, the command line a path. */
export interface Workspace {
  readonly uri?: string;
  /** Absolute path, where it is a folder of this machine. */
  readonly cwd?: string;
}

export function workspaceOf(value: unknown): Workspace {
  const text = asText(value);
  if (text === undefined) return {};
  const isUri = /^[a-z][a-z0-9+.-]+:\/\//i.test(text);
  const cwd = isUri ? pathOf(text) : text;
  const uri = cwd === undefined ? text : (fileUri(cwd) ?? (isUri ? text : undefined));
  return { ...(uri === undefined ? {} : { uri }), ...(cwd === undefined ? {} : { cwd }) };
}
