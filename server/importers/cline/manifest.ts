/** What the small file beside a session's messages says of it. */

import { present } from '../formats/fields.ts';
import { asObject, asText, parseObject } from '../formats/json.ts';
import { fromText } from '../formats/moment.ts';
import { segments } from '../formats/place.ts';
import type { SourceFile } from '../importer.ts';

export interface Manifest {
  readonly title?: string;
  readonly prompt?: string;
  readonly cwd?: string;
  /** RFC 3339. */
  readonly startedAt?: string;
  /** Native id of the session this one was forked from. */
  readonly forkedFrom?: string;
  /** RFC 3339; what was said before is a copy. */
  readonly forkedAt?: string;
}

export function manifestOf(file: SourceFile): Manifest {
  const name = (segments(file.path).at(-1) ?? '').replace(/\.messages\.json$/, '.json');
  const saved = parseObject(file.neighbour(name) ?? '');
  const metadata = asObject(saved?.['metadata']);
  const fork = asObject(metadata?.['fork']);
  return {
    ...present('title', asText(metadata?.['title'])),
    ...present('prompt', asText(saved?.['prompt'])),
    ...present('cwd', asText(saved?.['cwd']) ?? asText(saved?.['workspace_root'])),
    ...present('startedAt', fromText(saved?.['started_at'])),
    ...present('forkedFrom', asText(fork?.['forkedFromSessionId'])),
    ...present('forkedAt', fromText(fork?.['forkedAt'])),
  };
}
