import type { Recognition, Sample } from '../importer.ts';
import { asArray, asObject, asText, parseObject, type JsonObject } from '../formats/json.ts';
import { formatName } from './format.ts';

// A first line can be longer than the sample: then its first fields have to do.
const longFirstLine = new RegExp(
  '^\\s*\\{(?:"daemonPromptId":"[^"]*",)?"uuid":"[^"]*","parentUuid":(?:null|"[^"]*"),"sessionId":"[^"]*","timestamp":"[^"]*",' +
    '"type":"(?:user|assistant|tool_result|system)"[,}]',
);

const found: Recognition = { format: formatName, unit: 'line' };

/** Whether a file holds Qwen Code's lines, by the first ones that tell. */
export function recognise(sample: Sample): Recognition | undefined {
  const lines = sample.head.replace(/^\uFEFF/, '').split('\n');
  for (const line of lines) {
    const value = parseObject(line);
    const verdict = value && tells(value);
    if (verdict !== undefined) return verdict ? found : undefined;
  }
  return lines.length === 1 && longFirstLine.test(sample.head) ? found : undefined;
}

/** Whether one line is Qwen Code's: undefined when it could also be another tool's. */
function tells(value: JsonObject): boolean | undefined {
  const message = asObject(value['message']);
  if (asText(value['uuid']) === undefined || asText(value['sessionId']) === undefined) return undefined;
  // Claude Code, whose envelope is the same.
  if (message?.['content'] !== undefined || value['payload'] !== undefined) return false;
  const type = value['type'];
  if (type === 'system') return asText(value['subtype']) !== undefined && asObject(value['systemPayload']) !== undefined ? true : undefined;
  const hasContent = asArray(message?.['parts']) !== undefined || asObject(value['toolCallResult']) !== undefined;
  return (type === 'user' || type === 'assistant' || type === 'tool_result') && hasContent ? true : undefined;
}
