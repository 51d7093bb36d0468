import type { SourceFile, SourceReader } from '../importer.ts';
import { present } from '../formats/fields.ts';
import { asArray, asObject, asText, parseJson } from '../formats/json.ts';
import { taskId } from '../formats/taskFormat.ts';
import { openTask, type About } from '../formats/taskReader.ts';
import { openWholeDocument } from '../formats/wholeDocument.ts';
import { formats, sourceName } from './format.ts';
import { sessionRecords } from './session.ts';

/** Reads one session of either layout. See `open` of the contract. */
export function openReader(file: SourceFile): SourceReader {
  if (file.format === formats.session) return openWholeDocument(file, (document) => sessionRecords(document, file));
  return openTask(file, { source: sourceName, displayName: 'Cline', format: formats.task, includesCached: false, about });
}

/** What the tool's list of its tasks says. */
function about(file: SourceFile): About {
  const text = file.neighbour('../../state/taskHistory.json');
  const items = text === undefined ? [] : (asArray(parseJson(text)) ?? []).map(asObject);
  const item = items.find((one) => one?.['id'] === taskId(file.path));
  return present('cwd', asText(item?.['cwdOnTaskInitialization']));
}
