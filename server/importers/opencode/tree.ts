/**
 * The tree of JSON files in which opencode kept its sessions before it had a database: `storage/session/<project>/<session>.json`,
 * `storage/message/<session>/<message>.json` and `storage/part/<message>/<part>.json`, each as later a row. Learned from
 * https://github.com/anomalyco/opencode (packages/opencode/src/storage/storage.ts, releases before 1.2) and
 * https://github.com/fro-bot/agent (src/lib/session/AGENTS.md).
 *
 * A file of a session gives its header, a file of a message the message with its parts: opencode writes it once more when the reply is
 * done. Both lie equally deep, and are read as the rows they would be.
 */

import type { Problem } from '../../../shared/problem.ts';
import { asNumber, asObject, asText, parseObject, type JsonObject } from '../formats/json.ts';
import type { ImportedRecord, Reading, Row, RowQuery, SourceDatabase, SourceFile, SourceReader, SourceUnit } from '../importer.ts';
import { messageQuery, partQuery, sessionQuery } from './format.ts';
import { hasMessages, messageRecords } from './reader.ts';
import { headerOf, sessionOfId } from './session.ts';

const storage = '../..';

export function openTree(file: SourceFile): SourceReader {
  let records: readonly ImportedRecord[] = [];
  let problems: readonly Problem[] = [];

  function push(unit: SourceUnit): void {
    const value = parseObject(unit.text);
    const id = asText(value?.['id']);
    if (!value || id === undefined) {
      const message = `${file.path} is not complete JSON and was not read.`;
      problems = [{ code: 'malformed-document', message, where: { file: file.path, line: unit.line, offset: unit.offset } }];
      return;
    }
    const session = asText(value['sessionID']);
    const rows = rowsOf(file, value);
    if (session !== undefined) ({ records, problems } = messageRecords(rows, messageRow(value, unit.text), sessionOfId(rows, session), file));
    else if (hasMessages(rows, id)) records = [headerOf(sessionOfId(rows, id), rows, file)];
  }

  function take(): Reading {
    const reading = { records, problems };
    [records, problems] = [[], []];
    return reading;
  }

  return { push, take, state: () => undefined };
}

/** The files beside this one as tables, as far as they are asked for. A file that cannot be read is no row. */
function rowsOf(file: SourceFile, own: JsonObject): SourceDatabase {
  const textsIn = (folder: string): [name: string, text: string][] => (file.entries?.(`${storage}/${folder}`) ?? [])
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => {
      const text = file.neighbour(`${storage}/${folder}/${name}`);
      return text === undefined ? [] : [[name.slice(0, -'.json'.length), text]];
    });

  function sessionRows(id: string): Row[] {
    if (own['id'] === id) return [sessionRow(own)];
    const projects = file.entries?.(`${storage}/session`) ?? [];
    const found = projects.map((project) => parseObject(file.neighbour(`${storage}/session/${project}/${id}.json`) ?? '')).find((value) => value !== undefined);
    return found ? [sessionRow(found)] : [];
  }

  function rows({ table, where = [] }: RowQuery): Iterable<Row> {
    const id = String(where[0]?.value ?? '');
    // An id becomes part of a path: one with a slash or dots in it is not opencode's.
    if (!/^\w+$/.test(id)) return [];
    if (table === sessionQuery.table) return sessionRows(id);
    const texts = textsIn(`${table === partQuery.table ? 'part' : 'message'}/${id}`);
    return texts.map(([name, text]) => (table === messageQuery.table ? messageRow(parseObject(text) ?? { id: name }, text) : { id: name, data: text }));
  }

  return { columns: () => new Set(['revert']), newest: () => 0, rows };
}

function sessionRow(value: JsonObject): Row {
  const time = asObject(value['time']);
  return {
    id: asText(value['id']) ?? '', parent_id: asText(value['parentID']) ?? null, directory: asText(value['directory']) ?? null, title: asText(value['title']) ?? null,
    version: asText(value['version']) ?? null, time_created: asNumber(time?.['created']) ?? null, revert: JSON.stringify(value['revert'] ?? null),
  };
}

function messageRow(value: JsonObject, data: string): Row {
  return { id: asText(value['id']) ?? '', session_id: asText(value['sessionID']) ?? null, time_created: null, data };
}
