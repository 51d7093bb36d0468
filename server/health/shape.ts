/** The shape of a JSON value: its keys and the types of what they hold, and nothing of what they say. */

const maxDepth = 8;
const maxKeys = 60;
/** A key that is a word of a format. Others may be paths, names or ids: data that stands where a key stands. */
const word = /^[A-Za-z_$][A-Za-z_$-]{0,39}\d{0,2}$/;

/** Several values as one shape in which every key of each occurs, as text indented by two. */
export function shapeOf(values: readonly unknown[], indent = ''): string {
  const objects = values.filter(isObject);
  const lists = values.filter((value) => Array.isArray(value));
  const plain = [...new Set(values.filter((value) => !isObject(value) && !Array.isArray(value)).map((value) => (value === null ? 'null' : typeof value)))].sort();
  const isDeep = indent.length >= maxDepth * 2;
  const parts = [
    ...plain,
    ...(lists.length > 0 ? [isDeep ? '[…]' : shapeOfLists(lists, indent)] : []),
    ...(objects.length > 0 ? [isDeep ? '{…}' : shapeOfObjects(objects, indent)] : []),
  ];
  return parts.join(' | ');
}

function shapeOfLists(lists: readonly unknown[][], indent: string): string {
  const items = lists.flat();
  return items.length === 0 ? '[]' : `[ ${shapeOf(items, `${indent}  `)} ]`;
}

function shapeOfObjects(objects: readonly Readonly<Record<string, unknown>>[], indent: string): string {
  const byKey = Map.groupBy(objects.flatMap((object) => Object.entries(object)), ([key]) => (word.test(key) ? key : '<key>'));
  if (byKey.size === 0) return '{}';
  const inner = `${indent}  `;
  const lines = [...byKey].slice(0, maxKeys).map(([key, entries]) => {
    const isOptional = key !== '<key>' && entries.length < objects.length;
    return `${inner}${key}${isOptional ? '?' : ''}: ${shapeOf(entries.map(([, value]) => value), inner)}`;
  });
  const more = byKey.size > maxKeys ? [`${inner}… ${byKey.size - maxKeys} more keys`] : [];
  return ['{', ...lines, ...more, `${indent}}`].join('\n');
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
