/**
 * Reads op-logs, flat documents and exports: all three are one document, which comes in changes or whole.
 * A reader keeps the document in memory, so that a file that grows is never read twice; it saves no state,
 * because the document may be tens of megabytes large: a new process replays the file.
 */

import { createHash } from 'node:crypto';
import type { Problem } from '../../../shared/problem.ts';
import type { ImportedRecord, SourceFile, SourceReader, SourceUnit } from '../importer.ts';
import { asArray, asObject, asText, parseObject } from '../formats/json.ts';
import type { JsonObject } from '../formats/json.ts';
import { createConversation } from './conversation.ts';
import { formats } from './format.ts';
import { documentHeader } from './header.ts';
import { parseOp } from './oplog.ts';
import type { Fault, Op } from './oplog.ts';
import { fileStem, workspaceOf } from './place.ts';
import { hasReply } from './reply.ts';
import { requestRecords } from './request.ts';
import { fromMs, fromText } from './time.ts';
import { openTranscript } from './transcript.ts';

/** A reader for a file of any of the formats. */
export function openReader(file: SourceFile): SourceReader {
  return file.format === formats.transcript ? openTranscript(file) : openDocument(file);
}

function openDocument(file: SourceFile): SourceReader {
  const conversation = createConversation(hasReply);
  const parse = file.format === formats.oplog ? parseOp : parseDocument;
  let problems: Problem[] = [];
  let sessionId: string | undefined;
  let lastHeader = '';

  function push(unit: SourceUnit): void {
    if (unit.text.trim() === '') return;
    const op = parse(unit.text);
    const fault = op.kind === 'fault' ? op : conversation.apply(op);
    if (fault) problems.push(problemOf(fault, file, unit));
    // Kept for good: were it looked up again later, records would depend on when they were asked for.
    else if (op.kind === 'initial') sessionId ??= sessionIdOf(op.document, file);
  }

  function take(): { records: readonly ImportedRecord[]; problems: readonly Problem[] } {
    const found = problems;
    problems = [];
    return { records: records(), problems: found };
  }

  function records(): readonly ImportedRecord[] {
    const document = conversation.document();
    const requests = conversation.requests();
    const touched = conversation.take();
    if (!document || requests.length === 0) return [];
    const session = sessionId ?? sessionIdOf(document, file) ?? fileStem(file.path);
    const isExport = file.format === formats.export && asText(document['sessionId']) === undefined;
    const workspace = isExport ? {} : workspaceOf(file, '../workspace.json');
    const time = beginning(document, requests, file);
    const setting = { session, time, ...(workspace.uri === undefined ? {} : { workspace: workspace.uri }) };
    const data = documentHeader(document, requests, {
      path: file.path,
      format: file.format,
      ...(workspace.folder === undefined ? {} : { folder: workspace.folder }),
      ...(isExport ? { lacks: 'The export carries no session id or dates.' } : {}),
    });
    const header: ImportedRecord = { kind: 'session', ...setting, data };
    const text = JSON.stringify(header);
    const changed = text !== lastHeader;
    lastHeader = text;
    return [...(changed ? [header] : []), ...touched.flatMap((request) => requestRecords(request, setting))];
  }

  return { push, take, state: () => undefined };
}

function parseDocument(text: string): Op | Fault {
  const document = parseObject(text);
  if (document && asArray(document['requests'])) return { kind: 'initial', document };
  return { kind: 'fault', code: 'malformed-document', message: 'The file does not hold a whole chat session.' };
}

function problemOf(fault: Fault, file: SourceFile, unit: SourceUnit): Problem {
  return { code: fault.code, message: fault.message, where: { file: file.path, line: unit.line, offset: unit.offset } };
}

/** The id of the session; undefined for an export without any request. */
function sessionIdOf(document: JsonObject, file: SourceFile): string | undefined {
  const own = asText(document['sessionId']);
  if (own !== undefined || file.format !== formats.export) return own ?? fileStem(file.path);
  // An export says nothing of its session, but the ids of its requests are unique: it is the same export wherever it lies.
  const first = asText(asObject(asArray(document['requests'])?.[0])?.['requestId']);
  return first === undefined ? undefined : `export-${createHash('sha256').update(first).digest('hex').slice(0, 32)}`;
}

function beginning(document: JsonObject, requests: readonly JsonObject[], file: SourceFile): string {
  const first = requests.map((request) => fromMs(request['timestamp'])).find((time) => time !== undefined);
  return fromMs(document['creationDate']) ?? first ?? fromText(file.modifiedAt) ?? file.modifiedAt;
}
