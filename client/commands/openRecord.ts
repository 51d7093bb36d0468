import type { Open } from '../panels/open.ts';

/** *Open Record*: as JSON. The argument is an id or a node of the tree *Today*. */
export function openRecord(open: Open): (argument?: unknown) => Promise<void> {
  return async (argument) => {
    const id = typeof argument === 'string' ? argument : idOf(argument);
    if (id !== undefined) await open.record(id);
  };
}

function idOf(node: unknown): string | undefined {
  return typeof node === 'object' && node !== null && 'id' in node && typeof node.id === 'string' ? node.id : undefined;
}
