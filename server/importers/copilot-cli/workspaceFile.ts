/** The small `workspace.yaml` beside a session's events: the only place where the session's name is. */

import type { SourceFile } from '../importer.ts';
import { segments } from '../formats/place.ts';
import { titleFrom } from '../formats/title.ts';

export interface SessionName {
  readonly title: string;
  readonly titleSource: 'user' | 'ai';
}

/** The name of a session, given by a person or by the tool; undefined where there is none yet. */
export function sessionName(file: SourceFile, session: string): SessionName | undefined {
  const text = segments(file.path).at(-1) === 'events.jsonl' ? file.neighbour('workspace.yaml') : undefined;
  if (text === undefined) return undefined;
  const fields = topFields(text);
  if ((fields.get('id') ?? session) !== session) return undefined;
  // Releases before names had a summary.
  const title = titleFrom(fields.get('name') ?? '') ?? titleFrom(fields.get('summary') ?? '');
  return title === undefined ? undefined : { title, titleSource: fields.get('user_named') === 'true' ? 'user' : 'ai' };
}

/** The scalars of a YAML mapping's first level; a block scalar by its lines. Other values come out as their text. */
function topFields(yaml: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  let block: string | undefined;
  for (const line of yaml.split(/\r?\n/)) {
    const field = /^(\w+):[ \t]*(\S.*)?$/.exec(line);
    if (field) {
      const [, key = '', value = ''] = field;
      block = /^[|>][-+\d]*[ \t]*$/.test(value) ? key : undefined;
      if (block === undefined) fields.set(key, scalar(value.trim()));
    } else if (block !== undefined && /^[ \t]/.test(line)) {
      fields.set(block, `${fields.get(block) ?? ''}${line.trim()}\n`);
    }
  }
  return fields;
}

function scalar(text: string): string {
  if (text.length > 1 && text.startsWith("'") && text.endsWith("'")) return text.slice(1, -1).replaceAll("''", "'");
  if (text.length > 1 && text.startsWith('"') && text.endsWith('"')) return text.slice(1, -1).replace(/\\(["\\])/g, '$1');
  return text;
}
