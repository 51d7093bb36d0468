/** What a session says of itself. */

import type { ChatSessionHeader } from '../../../shared/session.ts';
import { asObject, asText } from '../formats/json.ts';
import type { JsonObject } from '../formats/json.ts';
import { promptText } from './prompt.ts';
import { filePath, uriText } from './uri.ts';

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Longest title made from a prompt, in characters. */
const titleLength = 120;

/** Where a session was found. */
export interface Origin {
  /** Absolute path. */
  readonly path: string;
  readonly format: string;
  /** Absolute path of the workspace folder. */
  readonly folder?: string;
  /** Why the file cannot tell everything; absent where it can. */
  readonly lacks?: string;
}

/** Header of a session document. `requests` are all there ever were, in order. */
export function documentHeader(document: JsonObject, requests: readonly JsonObject[], origin: Origin): ChatSessionHeader {
  const header: Mutable<ChatSessionHeader> = {
    ...title(document, requests),
    agent: agent(requests),
    fidelity: origin.lacks === undefined ? 'full' : 'partial',
    format: origin.format,
    origin: origin.path,
  };
  const cwd = workingDirectory(document['workingDirectory']) ?? origin.folder;
  const git = repository(asObject(document['repoData']));
  if (cwd !== undefined) header.cwd = cwd;
  if (git) header.git = git;
  if (origin.lacks !== undefined) header.fidelityReason = origin.lacks;
  return header;
}

/** A title from what was asked first: its first line with something on it, shortened. */
export function promptTitle(text: string): string | undefined {
  const line = text.split(/\r?\n/).find((candidate) => candidate.trim() !== '')?.trim();
  if (line === undefined) return undefined;
  return line.length <= titleLength ? line : `${line.slice(0, titleLength - 1).trimEnd()}…`.toWellFormed();
}

function title(document: JsonObject, requests: readonly JsonObject[]): Pick<ChatSessionHeader, 'title' | 'titleSource'> {
  // VS Code writes a title it generated and one a person typed into the same field; nearly all are generated.
  const generated = asText(document['customTitle']) ?? asText(document['computedTitle']);
  if (generated !== undefined) return { title: generated, titleSource: 'ai' };
  const first = requests.map((request) => promptTitle(promptText(request))).find((text) => text !== undefined);
  return first === undefined ? {} : { title: first, titleSource: 'first-prompt' };
}

function agent(requests: readonly JsonObject[]): { readonly name: string; readonly version?: string } {
  const versions = requests.map((request) => copilotVersion(asObject(request['agent'])));
  const version = versions.findLast((candidate) => candidate !== undefined);
  return { name: 'Copilot Chat', ...(version === undefined ? {} : { version }) };
}

/** Version of the extension; other extensions answer in the same chat with versions of their own. */
function copilotVersion(answering: JsonObject | undefined): string | undefined {
  const extension = asText(answering?.['extensionId']) ?? asText(asObject(answering?.['extensionId'])?.['value']);
  if (extension !== undefined && extension.toLowerCase() !== 'github.copilot-chat') return undefined;
  return asText(answering?.['extensionVersion']);
}

function workingDirectory(value: unknown): string | undefined {
  const uri = uriText(value);
  if (uri !== undefined && !/^[a-z]:/i.test(uri)) return filePath(uri);
  return asText(value);
}

function repository(data: JsonObject | undefined): ChatSessionHeader['git'] {
  const branch = asText(data?.['localBranch']);
  const commit = asText(data?.['localHeadCommit']);
  const remote = asText(data?.['remoteUrl']);
  if (branch === undefined && commit === undefined && remote === undefined) return undefined;
  return {
    ...(branch === undefined ? {} : { branch }),
    ...(commit === undefined ? {} : { commit }),
    ...(remote === undefined ? {} : { remote }),
  };
}
