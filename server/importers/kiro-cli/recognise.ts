import { headKeys } from '../formats/headKeys.ts';
import type { Recognition, Sample } from '../importer.ts';
import { asObject, parseObject } from '../formats/json.ts';
import { formatName, messageKinds } from './format.ts';

/** Whether a file holds Kiro CLI's lines, by the first one that tells. */
export function recognise({ head }: Sample): Recognition | undefined {
  const lines = head.replace(/^\uFEFF/, '').split('\n');
  for (const text of lines) {
    const value = parseObject(text);
    const kind = value?.['kind'];
    if (typeof kind !== 'string' || !messageKinds.has(kind)) continue;
    return value?.['version'] === 'v1' && asObject(value['data']) ? { format: formatName, unit: 'line' } : undefined;
  }
  return lines.length === 1 && isLongFirstLine(head) ? { format: formatName, unit: 'line' } : undefined;
}

/** A first prompt can be longer than the sample: then its first fields have to do. */
function isLongFirstLine(head: string): boolean {
  const keys = headKeys(head);
  return keys.get('version') === '"v1"' && keys.get('kind') === '"Prompt"' && keys.get('data') === '{';
}
