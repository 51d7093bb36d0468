import type { SourceFile, SourceReader } from '../importer.ts';
import { present } from '../formats/fields.ts';
import { asText, parseObject } from '../formats/json.ts';
import { openTask, type About } from '../formats/taskReader.ts';
import { formatName, sourceName } from './format.ts';

/** Reads one task. See `open` of the contract. */
export function openReader(file: SourceFile): SourceReader {
  return openTask(file, { source: sourceName, displayName: 'Roo Code', format: formatName, includesCached: true, about });
}

/** What the task's own summary says. */
function about(file: SourceFile): About {
  const item = parseObject(file.neighbour('history_item.json') ?? '');
  return { ...present('cwd', asText(item?.['workspace'])), ...present('parent', asText(item?.['parentTaskId'])) };
}
