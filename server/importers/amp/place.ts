/** Where a thread was held, and with what. */

import type { ChatSessionHeader } from '../../../shared/session.ts';
import { present } from '../formats/fields.ts';
import { asArray, asObject, asText, type JsonObject } from '../formats/json.ts';
import { fileUri, pathOf } from '../formats/place.ts';

export interface Place {
  readonly uri?: string;
  readonly about: Pick<ChatSessionHeader, 'cwd' | 'git' | 'agent'>;
}

/** The first folder that was open when the thread began, its repository, and the release of Amp. */
export function placeOf(document: JsonObject): Place {
  const initial = asObject(asObject(document['env'])?.['initial']) ?? {};
  const tree = asObject(asArray(initial['trees'])?.[0]) ?? {};
  const address = asText(tree['uri']);
  const path = address === undefined ? asText(initial['cwd']) : (pathOf(address) ?? address);
  const uri = path === undefined ? undefined : fileUri(path);
  // A folder on another machine has an address and no path here.
  const remote = address !== undefined && /^(?!file:)[a-z][a-z0-9+.-]+:\/\//i.test(address) ? address : undefined;
  const version = asText(asObject(initial['platform'])?.['clientVersion']);
  return {
    ...present('uri', uri ?? remote),
    about: {
      ...present('cwd', uri === undefined ? undefined : path),
      ...present('git', gitOf(asObject(tree['repository']) ?? {})),
      agent: { name: 'Amp', ...present('version', version) },
    },
  };
}

function gitOf(repository: JsonObject): ChatSessionHeader['git'] {
  const git = {
    ...present('branch', asText(repository['ref'])?.replace(/^refs\/heads\//, '')),
    ...present('commit', asText(repository['sha'])),
    ...present('remote', asText(repository['url'])),
  };
  return Object.keys(git).length > 0 ? git : undefined;
}
