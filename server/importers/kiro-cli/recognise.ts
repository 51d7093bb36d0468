import { headKeys } from '../formats/headKeys.ts';
import type { Recognition, Sample } from '../importer.ts';
import { asObject, asString, parseObject } from '../formats/json.ts';
import { formatName, messageKinds } from './format.ts';

// A release to come is tried with what is known of this one: what it adds is kept as it is.
const version = /^v\d{1,3}$/;

/** Whether a file holds Kiro CLI's lines, by the first one that tells. */
export function recognise({ head }: Sample): Recognition | undefined {
  const lines = head.replace(/^\uFEFF/, '').split('\n');
  for (const text of lines) {
    const value = parseObject(text);
    const kind = value?.['kind'];
    if (typeof kind !== 'string' || !messageKinds.has(kind)) continue;
    return version.test(asString(value?.['version']) ?? '') && asObject(value?.['data']) ? { format: formatName, unit: 'line' } : undefined;
  }
  return lines.length === 1 && isLongFirstLine(head) ? { format: formatName, unit: 'line' } : undefined;
}

/** A first prompt can be longer than the sample: then its first fields have to do. */
function isLongFirstLine(head: string): boolean {
  const keys = headKeys(head);
  return version.test(keys.get('version')?.replaceAll('"', '') ?? '') && keys.get('kind') === '"Prompt"' && keys.get('data') === '{';
}
