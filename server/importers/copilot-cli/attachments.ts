/** What a person attached to a prompt → parts. */

import type { Part } from '../../../shared/session.ts';
import { present } from '../formats/fields.ts';
import { asCount, asObject, asText, type JsonObject } from '../formats/json.ts';
import { fileUri } from '../formats/place.ts';
import { unknownPart } from '../formats/raw.ts';
import { bytesPart } from './toolAnswer.ts';

/** The part of one attachment. */
export function attachmentPart(value: unknown): Part {
  const attachment = asObject(value) ?? {};
  const type = asText(attachment['type']);
  const path = asText(attachment['path']) ?? asText(attachment['filePath']);
  const uri = type?.startsWith('github_') ? asText(attachment['url']) : path === undefined ? undefined : fileUri(path);
  const name = asText(attachment['displayName']) ?? asText(attachment['title']);
  if (uri !== undefined) return { type: 'uri', uri, ...present('name', name), ...present('range', rangeOf(attachment)) };
  const [bytes] = bytesPart(attachment);
  return bytes ?? unknownPart(value, type ?? 'attachment');
}

/** Lines of a file count from 1, those of a selection from 0. */
function rangeOf(attachment: JsonObject): { readonly start: number; readonly end: number } | undefined {
  const lines = asObject(attachment['lineRange']);
  const selection = asObject(attachment['selection']);
  const first = asCount(asObject(selection?.['start'])?.['line']);
  const last = asCount(asObject(selection?.['end'])?.['line']);
  const start = asCount(lines?.['start']) ?? (first === undefined ? undefined : first + 1);
  const end = asCount(lines?.['end']) ?? (last === undefined ? undefined : last + 1);
  return start !== undefined && end !== undefined && start >= 1 && end >= start ? { start, end } : undefined;
}
