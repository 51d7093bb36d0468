import type { SourceFile } from '../importer.ts';
import { asText, parseObject } from '../formats/json.ts';
import type { FileName } from './identity.ts';

/** The title that the tool gave a subagent's task, from the small `.meta.json` beside its file; no title where there is none. */
export function agentDescription(name: FileName, file: SourceFile): Readonly<Record<string, string>> {
  const text = name.agent === undefined ? undefined : file.neighbour(name.base.replace(/\.[^.]*$/, '.meta.json'));
  const description = text === undefined ? undefined : asText(parseObject(text)?.['description']);
  return description === undefined ? {} : { 'ai-title': description };
}
