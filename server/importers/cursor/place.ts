/** What a path says: `projects/<folder>/agent-transcripts/<session>/<session>.jsonl`, or `<session>/subagents/<agent>.jsonl`. */

import type { Part } from '../../../shared/session.ts';
import { asArray, asObject, asText } from '../formats/json.ts';
import { fileStem, segments } from '../formats/place.ts';

export interface Place {
  readonly session: string;
  /** The session that started this one. */
  readonly parent?: string;
  /** Name of the project's folder: the workspace's path, with `-` for everything that is no letter or digit. */
  readonly project?: string;
}

export function placeOf(path: string): Place {
  const names = segments(path);
  const folder = names.lastIndexOf('agent-transcripts');
  const project = folder > 0 ? names[folder - 1] : undefined;
  const parent = names.at(-2) === 'subagents' ? names.at(-3) : undefined;
  return { session: fileStem(path), ...(parent === undefined ? {} : { parent }), ...(project === undefined ? {} : { project }) };
}

/** The workspace's path, when a tool call of the line names something within it; the folder's name alone could be many paths. */
export function workspaceIn(parts: readonly Part[], project: string): string | undefined {
  const wanted = slug(project);
  return parts.flatMap((part) => (part.type === 'tool_call' ? pathsIn(part.arguments) : []))
    .flatMap(ancestors)
    .find((path) => slug(path) === wanted);
}

function pathsIn(input: unknown): readonly string[] {
  const values = Object.values(asObject(input) ?? {});
  return values.flatMap((value) => asArray(value)?.slice(0, 20) ?? [value]).flatMap((value) => {
    const path = asText(value);
    return path !== undefined && path.length < 4096 && /^(?:\/|[A-Za-z]:[\\/])/.test(path) && !/[\r\n]/.test(path) ? [path] : [];
  });
}

function ancestors(path: string): readonly string[] {
  const cuts = [...path.matchAll(/[\\/]/g)].map(({ index }) => index).filter((index) => index > 0).slice(0, 40);
  return [...cuts.map((cut) => path.slice(0, cut)), path];
}

function slug(path: string): string {
  return path.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-|-$/g, '').toLowerCase();
}
