import type { Recognition, Sample } from '../importer.ts';
import { asArray, asObject, asString, asText, parseObject, type JsonObject } from '../formats/json.ts';
import { formatName, titleFields } from './format.ts';

// Lines without a message that no other tool writes: the kind, and the field that goes with it.
const settingFields: ReadonlyMap<string, string> = new Map([
  ...titleFields,
  ['last-prompt', 'lastPrompt'],
  ['permission-mode', 'permissionMode'],
  ['queue-operation', 'operation'],
  ['file-history-snapshot', 'snapshot'],
]);

// A first line can be longer than the sample: then its first fields have to do.
const longFirstLine = /^\s*\{"parentUuid":(?:null|"[^"]*"),(?:"logicalParentUuid":[^,]*,)?"isSidechain":(?:true|false),/;

/** Whether a file holds Claude Code's lines, by the first ones that tell. */
export function recognise(sample: Sample): Recognition | undefined {
  const lines = sample.head.replace(/^\uFEFF/, '').split('\n');
  for (const line of lines) {
    const value = parseObject(line);
    const verdict = value ? tells(value) : undefined;
    if (verdict !== undefined) return verdict ? { format: formatName, unit: 'line' } : undefined;
  }
  return lines.length === 1 && longFirstLine.test(sample.head) ? { format: formatName, unit: 'line' } : undefined;
}

/** Whether one line is Claude Code's: undefined when it could also be another tool's. */
function tells(value: JsonObject): boolean | undefined {
  const type = asText(value['type']) ?? '';
  const message = asObject(value['message']);
  // Codex; Qwen Code, whose envelope is the same.
  if (value['payload'] !== undefined || value['systemPayload'] !== undefined || message?.['parts'] !== undefined) return false;
  const identified = asText(value['sessionId']) !== undefined && asText(value['uuid']) !== undefined;
  if (identified && (type === 'user' || type === 'assistant')) return isMessage(message, type) ? true : undefined;
  if (identified && typeof value['isSidechain'] === 'boolean') return true;
  const field = settingFields.get(type);
  const names = type === 'summary' ? value['leafUuid'] : type === 'file-history-snapshot' ? value['messageId'] : value['sessionId'];
  return field !== undefined && value[field] !== undefined && asText(names) !== undefined ? true : undefined;
}

function isMessage(message: JsonObject | undefined, type: string): boolean {
  const content = message?.['content'];
  return message?.['role'] === type && (asString(content) ?? asArray(content)) !== undefined;
}
